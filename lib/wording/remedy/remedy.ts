import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { kindOf } from "../../catalogue/kinds.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { serviceOf } from "../../catalogue/services.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import type { JsonObject } from "../../core/model/json.ts";
import { scalar, text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine } from "../../text/one-line.ts";
import { shellWord } from "../../text/shell-word.ts";
import { defanged } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import { bucketCommands } from "./remedy-bucket.ts";

export interface Remedy {
  readonly language: "shell" | "python" | "text";
  readonly code: string;
}

/** The call that a snippet corrects. */
export interface Wrong {
  readonly operation: string;
  readonly request: JsonObject;
  readonly findings: readonly SettingVerdict[];
  readonly arn?: string | null;
  /** The call was made for a pipeline's step. */
  readonly ofStep?: boolean;
}

/** The placeholder for a key, where the policy has no key to suggest. */
export const KEY_PLACEHOLDER = "alias/YOUR-KEY";

const MAX_PATHS = 12;

/**
 * The members of a notebook's request that are copied. Code repositories' URLs may hold secrets; tags do not describe
 * the notebook.
 */
const NOTEBOOK = [
  "SubnetId",
  "SecurityGroupIds[]",
  "DirectInternetAccess",
  "RootAccess",
  "VolumeSizeInGB",
  "LifecycleConfigName",
  "PlatformIdentifier",
  "IpAddressType",
] as const;

/**
 * The code that corrects the call, from the findings' paths: an AWS CLI command for a notebook, whose request is short,
 * else Python that sets the keys in the caller's own request. Of the record's values it holds only a notebook's few
 * identifiers, and only those that have the form of identifiers.
 */
export function remedyOf(wrong: Wrong, key: string = KEY_PLACEHOLDER): Remedy {
  if (wrong.operation === "CreateNotebookInstance") return notebookCommand(wrong, key);
  // A key that no request can set is set elsewhere.
  const inRequest = !wrong.ofStep && !rowOf(wrong.operation)?.readsResponse;
  if (!inRequest || wrong.findings.some(({ path }) => path.startsWith("Steps["))) return stepSettings(wrong, key);
  const keyed = wrong.findings.filter((finding) => !isBucket(finding));
  const commands = bucketCommands(wrong.findings, wrong.request, key);
  if (keyed.length === 0 && commands.length > 0) return { language: "shell", code: commands.join("\n") };
  const { language, code } = python({ ...wrong, findings: keyed }, key);
  return { language, code: [code, ...commands.map((command) => `\n${command.replace(/^/gm, "# ")}`)].join("\n") };
}

/** The keys of a pipeline's steps are in its definition, which the caller's own tool generates again. */
function stepSettings({ findings }: Wrong, key: string): Remedy {
  const lines = findings.map(
    (finding) => `${quotePath(finding.path, defanged)} = ${isFlag(finding) ? "true" : JSON.stringify(key)}`,
  );
  const more = lines.length - MAX_PATHS;
  return {
    language: "text",
    code: [...lines.slice(0, MAX_PATHS), ...(more > 0 ? [`and so on for ${more} more`] : [])].join("\n"),
  };
}

/** Copies the network and access settings: a notebook with a key but open to the internet is no remedy. */
function notebookCommand({ request }: Wrong, key: string): Remedy {
  const value = (name: string, otherwise: string) => shellWord(text(request, name)) ?? otherwise;
  const others = NOTEBOOK.flatMap((path) => {
    const words = collect(request, path).flatMap((found) => shellWord(scalar(found.value)) ?? []);
    return words.length > 0 ? [`${flagOf(path.replace("[]", ""))} ${words.join(" ")}`] : [];
  });
  const lines = [
    "aws sagemaker create-notebook-instance",
    `--notebook-instance-name ${value("NotebookInstanceName", "YOUR-NOTEBOOK").slice(0, 60)}-2`,
    `--instance-type ${value("InstanceType", "YOUR-INSTANCE-TYPE")}`,
    `--role-arn ${value("RoleArn", "YOUR-ROLE-ARN")}`,
    `--kms-key-id ${shellWord(key) ?? KEY_PLACEHOLDER}`,
    ...others,
  ];
  return { language: "shell", code: lines.join(" \\\n  ") };
}

function python(wrong: Wrong, key: string): Remedy {
  const row = rowOf(wrong.operation);
  const findings = uniqueByPath(
    wrong.findings.map((finding) => ({ ...finding, path: requestPath(row, finding.path) })),
  );
  const more = findings.length - MAX_PATHS;
  const lines = [
    "import boto3",
    "",
    ...(findings.some(isFlag) && findings.every(isFlag) ? [] : [`key = ${pythonQuote(key)}`]),
    `request = {...}  # the request that you passed to ${methodOf(serviceOf(wrong.operation).name)}`,
    ...findings.slice(0, MAX_PATHS).map(assignment),
    ...(more > 0 ? [`# and so on for ${more} more`] : []),
    ...call(wrong, row, findings),
  ];
  return { language: "python", code: lines.join("\n") };
}

/**
 * An update in place, if it can set everything that is wrong; else the same call again, under a new name. A setting
 * within a list never counts as updatable: a HyperPod group keeps the storage of its creation.
 */
function call(
  { operation, request, arn }: Wrong,
  row: Operation | undefined,
  findings: readonly ProtectedPath[],
): string[] {
  const update = updateOf(operation);
  const settable = new Set(update?.settings.map(({ path }) => path));
  if (update && findings.length > 0 && findings.every(({ path }) => settable.has(path))) {
    const names = Object.keys(kindOf(update.kind).describe.input);
    const members = new Set([...names, ...findings.map(({ path }) => path.replace(/\..*/, ""))]);
    const domain = text(request, "DomainId") === undefined ? pythonQuote(domainIn(arn)) : `request["DomainId"]`;
    const value = (member: string) => (member === "DomainId" ? domain : `request[${pythonQuote(member)}]`);
    return [`${client(update.operation)}(`, ...[...members].map((member) => `    ${member}=${value(member)},`), ")"];
  }
  const named = row && serviceOf(operation).name.startsWith("Create") && text(request, row.name) !== undefined;
  const rename = named ? [`request[${pythonQuote(row.name)}] += "-2"  # a name that is not taken`] : [];
  return [...rename, `${client(operation)}(**request)`];
}

function client(operation: string): string {
  const { service, name } = serviceOf(operation);
  return `boto3.client("${service}").${methodOf(name)}`;
}

const updateOf = (operation: string): Operation | undefined =>
  operation.startsWith("Create") ? rowOf(operation.replace("Create", "Update")) : undefined;

/** CreateDomain's request has no id. Its response has one, and every ARN in the domain begins with it. */
const domainIn = (arn: string | null | undefined): string =>
  /:(?:domain|user-profile)\/(d-[a-z0-9]+)/.exec(arn ?? "")?.[1] ?? "YOUR-DOMAIN-ID";

type ProtectedPath = Pick<SettingVerdict, "path" | "protects">;

const isFlag = ({ protects }: ProtectedPath): boolean => protects === "in-transit";

const uniqueByPath = (findings: readonly ProtectedPath[]): ProtectedPath[] => [
  ...new Map(findings.map((finding) => [finding.path, finding])).values(),
];

/** The path in the request of a setting that was read from Describe's answer. */
const requestPath = (row: Operation | undefined, path: string): string =>
  row?.settings.find(({ describedAt }) => describedAt === path)?.path ?? path;

/** `A.B[1].C` as `request["A"]["B"][1]["C"] = key`; optional parents are created where they are absent. */
function assignment(finding: ProtectedPath): string {
  const parts = finding.path.split(".");
  const last = parts.pop() ?? "";
  if (finding.protects === "root-volume" && finding.path.includes("[].")) {
    const list = parts.slice(0, -1).join(".").replace(/\[\]$/, "").split(".");
    return `${reach(list, "[]")}.append({"EbsVolumeConfig": {"RootVolume": True, "VolumeKmsKeyId": key}})`;
  }
  return `${reach(parts, "{}")}[${pythonQuote(last)}] = ${isFlag(finding) ? "True" : "key"}`;
}

/** An expression for a parent, which creates the parent where the request has none. */
function reach(parts: readonly string[], empty: "{}" | "[]"): string {
  return parts.reduce((expression, part, i) => {
    const [, member = part, index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(part) ?? [];
    const name = pythonQuote(member);
    if (index !== undefined) return `${expression}[${name}][${index || 0}]`;
    return `${expression}.setdefault(${name}, ${i === parts.length - 1 ? empty : "{}"})`;
  }, "request");
}

/** boto3's name of an operation, by botocore's rule for the beginning of words: runs of capitals stay together. */
export function methodOf(operation: string): string {
  return operation
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

const flagOf = (member: string): string => `--${methodOf(member).replaceAll("_", "-")}`;

const pythonQuote = (value: string): string => JSON.stringify(oneLine(value, 2048).replace(/[^\x20-\x7e]/g, "?"));
