import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { kindOf } from "../../catalogue/kinds.ts";
import { serviceOf } from "../../catalogue/services.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import type { Resource } from "../../core/model/types.ts";
import { FILL_IN, newName, regionIn } from "./fill-in.ts";
import { assignment, isFlag, type ProtectedPath, quotePython } from "./remedy-path.ts";
import { snakeCase } from "./remedy-shell.ts";
import type { Wrong } from "./wrong.ts";

const MAX_PATHS = 12;

/**
 * A template in Python: the reader's own request, the assignments of the keys, and the call. Of the record's values it
 * holds only names, because a request may hold secrets.
 */
export function pythonOf(wrong: Wrong, key: string): string {
  const row = rowOf(wrong.operation);
  const findings = uniqueByPath(
    wrong.findings.map((finding) => ({ ...finding, path: requestPath(row, finding.path) })),
  );
  const more = findings.length - MAX_PATHS;
  const { service, name } = serviceOf(wrong.operation);
  return [
    wrong.operation.endsWith("Cluster") ? "import boto3, copy" : "import boto3",
    `client = boto3.client("${service}", region_name=${quotePython(regionIn(wrong.place))})`,
    ...(findings.every(isFlag) ? [] : [`key = ${quotePython(key)}`]),
    `request = {}  # ${FILL_IN}: your request to ${snakeCase(name)}`,
    ...(wrong.operation.endsWith("Cluster") ? clusterLines(wrong, findings) : callLines(wrong, row, findings)),
    ...(more > 0 ? [`# and so on for ${more} more`] : []),
  ].join("\n");
}

function callLines(wrong: Wrong, row: Operation | undefined, findings: readonly ProtectedPath[]): string[] {
  const lines = findings.slice(0, MAX_PATHS).flatMap((finding) => assignment(finding, wrong.request));
  return [...lines, ...(updateLines(wrong, findings) ?? createLines(wrong, row))];
}

/** An update in place, if it can set everything that is wrong. */
function updateLines({ operation, request, arn }: Wrong, findings: readonly ProtectedPath[]): string[] | undefined {
  const update = operation.startsWith("Create") ? rowOf(operation.replace("Create", "Update")) : undefined;
  const settable = new Set(update?.settings.map(({ path }) => path));
  if (!update || findings.length === 0 || !findings.every(({ path }) => settable.has(path))) return undefined;
  const names = Object.keys(kindOf(update.kind).describe.input);
  const members = new Set([...names, ...findings.map(({ path }) => path.replace(/\..*/, ""))]);
  const domain = text(request, "DomainId") === undefined ? quotePython(domainIn(arn)) : `request["DomainId"]`;
  const value = (member: string) => (member === "DomainId" ? domain : `request[${quotePython(member)}]`);
  return [
    `client.${snakeCase(update.operation)}(`,
    ...[...members].map((member) => `    ${member}=${value(member)},`),
    ")",
  ];
}

/** The same call again, under a new name; and what is switched to its resource. */
function createLines({ operation, request, holder, resource }: Wrong, row: Operation | undefined): string[] {
  const described = holder?.name ?? (resource?.kind === row?.kind ? (resource?.name ?? undefined) : undefined);
  const name = request === undefined ? described : text(request, row?.name ?? "");
  const hasName = request === undefined ? row && row.name in kindOf(row.kind).describe.input : name !== undefined;
  const renames = row && hasName && serviceOf(operation).name.startsWith("Create");
  return [
    ...(renames ? [`request[${quotePython(row.name)}] = ${quotePython(newName(name))}`] : []),
    `client.${snakeCase(serviceOf(operation).name)}(**request)`,
    ...(request === undefined && resource && row ? switchLines(resource, row.name) : []),
  ];
}

/** The calls that make the event's resource use the new one. `member` names it in the request. */
function switchLines({ kind, name }: Resource, member: string): string[] {
  const resource = quotePython(safeName(name));
  switch (kind) {
    case "endpoint":
      return [
        "client.update_endpoint(",
        `    EndpointName=${resource},`,
        `    EndpointConfigName=request[${quotePython(member)}],`,
        ")",
      ];
    case "monitoring-schedule":
      return [
        `schedule = client.describe_monitoring_schedule(MonitoringScheduleName=${resource})`,
        'config = schedule["MonitoringScheduleConfig"]',
        `config["MonitoringJobDefinitionName"] = request[${quotePython(member)}]`,
        "client.update_monitoring_schedule(",
        `    MonitoringScheduleName=${resource}, MonitoringScheduleConfig=config`,
        ")",
      ];
    default:
      return [];
  }
}

const safeName = (name: string | null): string => (name !== null && /^[A-Za-z0-9-]+$/.test(name) ? name : FILL_IN);

/** The storage of an instance group cannot be changed: each group gets a copy with the key under a new name. */
function clusterLines({ request }: Wrong, findings: readonly ProtectedPath[]): string[] {
  const groups = new Map<string, ProtectedPath[]>();
  for (const finding of findings) {
    const [, at = "", path = ""] = /^(\w+\[\d*\])\.(.*)$/.exec(finding.path) ?? [];
    groups.set(at, [...(groups.get(at) ?? []), { ...finding, path }]);
  }
  const copies = [...groups].slice(0, MAX_PATHS).flatMap(([at, inside]) => {
    const [, list = "", index = ""] = /^(\w+)\[(\d*)\]$/.exec(at) ?? [];
    const given = text(groupOf(request, list, Number(index)), "InstanceGroupName");
    return [
      `group = copy.deepcopy(request["${list}"][${index || 0}])`,
      `group["InstanceGroupName"] = ${quotePython(newName(given))}`,
      ...inside.flatMap((finding) => assignment(finding, groupOf(request, list, Number(index)), "group")),
      `request["${list}"].append(group)`,
    ];
  });
  const lists = [...new Set([...groups.keys()].map((at) => at.replace(/\[.*/, "")))];
  return [
    ...copies,
    "client.update_cluster(",
    '    ClusterName=request["ClusterName"],',
    ...lists.map((list) => `    ${list}=request["${list}"],`),
    ")",
  ];
}

function groupOf(request: JsonObject | undefined, list: string, index: number): Json | undefined {
  return collect(request, `${list}[${index}]`)[0]?.value;
}

/** CreateDomain's request has no id. Its response has one, and every ARN in the domain begins with it. */
const domainIn = (arn: string | null | undefined): string =>
  /:(?:domain|user-profile)\/(d-[a-z0-9]+)/.exec(arn ?? "")?.[1] ?? FILL_IN;

const uniqueByPath = (findings: readonly ProtectedPath[]): ProtectedPath[] => [
  ...new Map(findings.map((finding) => [finding.path, finding])).values(),
];

/** The path in the request of a setting that was read from Describe's answer. */
const requestPath = (row: Operation | undefined, path: string): string =>
  row?.settings.find(({ describedAt }) => describedAt === path)?.path ?? path;
