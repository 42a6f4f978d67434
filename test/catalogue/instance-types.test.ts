import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import type { FollowedOperation, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { membersOf, sdkOperations } from "../support/sdk-schemas.ts";

const sdk = sdkOperations();
/** Every operation of the SDK, with its settings. An operation that only uses an existing resource has none. */
const rows = judgedOperations
  .filter(({ operation }) => sdk.has(operation))
  .map((row: Operation | FollowedOperation) => ({
    operation: row.operation,
    settings: "settings" in row ? row.settings : [],
  }));

type Row = (typeof rows)[number];

/** Members with an instance type that decides nothing about a catalogued volume, each with the reason. */
const NOT_READ: readonly (readonly [path: RegExp, because: string])[] = [
  [
    /(^|\.)(Supported(Training|Transform|RealtimeInference)InstanceTypes)\[\]$/,
    "the instance types that a package or an algorithm supports: it starts nothing",
  ],
  [/\.DefaultResourceSpec\.InstanceType$/, "a Studio app's volume is on EBS, under the domain's key"],
  [/\.HiddenInstanceTypes\[\]$/, "the instance types that Studio does not show"],
  [
    /^(Debug|Profiler)RuleConfigurations\[\]\.InstanceType$/,
    "a processing job of its own, for which the training job has no key member",
  ],
  [
    /^(Restricted)?InstanceGroups\[\]\.Instance(Type|Requirements\.InstanceTypes\[\])$/,
    "HyperPod's volumes are on EBS, also on instances with local storage (ClusterEbsVolumeConfig)",
  ],
  [/^DeploymentInstanceType$/, "the instance type for the optimized model: the optimization job has no volume key"],
  [/^Specifications?(\[\])?\.InstanceType$/, "the endpoint's configuration has the volumes and the key"],
];

/** Operations with the instance type of an existing or a possible resource, and without a volume key. */
const WITHOUT_VOLUME_KEY: readonly string[] = [
  "CreateAIRecommendationJob",
  "CreateApp",
  "UpdateInferenceExperiment",
  "UpdateNotebookInstance",
];

function instanceTypeMembers(operation: string): string[] {
  const input = sdk.get(operation)?.input;
  if (!input) throw new Error(`the SDK has no ${operation}`);
  return membersOf(input).flatMap(({ path, name, type }) => {
    if (!/Instance_?Types?$/.test(name)) return [];
    return type === "list" ? [`${path}[]`] : [path];
  });
}

const readBy = ({ settings }: Row): Set<string> =>
  new Set(
    settings.flatMap(({ instanceTypes = [], alternatives }: Setting) => [
      ...instanceTypes,
      ...(alternatives?.types ?? []),
      ...(alternatives?.selected ? [alternatives.selected] : []),
    ]),
  );

const unread = (row: Row): string[] =>
  instanceTypeMembers(row.operation).filter(
    (path) =>
      !readBy(row).has(path) &&
      !NOT_READ.some(([pattern]) => pattern.test(path)) &&
      !WITHOUT_VOLUME_KEY.includes(row.operation),
  );

describe("the members of the SDK that name an instance type", () => {
  it("are read by the row of their operation, or are listed with a reason", () => {
    const advice =
      "read each in `instanceTypes` or `alternatives` of the setting beside it, or add it to NOT_READ with the reason";
    const found = rows.flatMap((row) => unread(row).map((path) => `${row.operation} ${path}`));
    expect(found, advice).toEqual([]);
  });

  it("would be found missing if a row did not read one of its paths", () => {
    for (const row of rows) {
      for (const path of readBy(row)) {
        const settings = row.settings.map((setting) => withoutPath(setting, path));
        expect(unread({ ...row, settings }), `${row.operation} ${path}`).toContain(path);
      }
    }
  });

  it("are listed only if the SDK has them", () => {
    const all = rows.flatMap(({ operation }) => instanceTypeMembers(operation));
    expect(NOT_READ.filter(([pattern]) => !all.some((path) => pattern.test(path)))).toEqual([]);
    expect(WITHOUT_VOLUME_KEY.filter((name) => instanceTypeMembers(name).length === 0)).toEqual([]);
  });
});

function withoutPath({ instanceTypes, alternatives, ...rest }: Setting, path: string): Setting {
  const types = (paths: readonly string[] = []) => paths.filter((one) => one !== path);
  const selected = alternatives?.selected === path ? undefined : alternatives?.selected;
  return {
    ...rest,
    instanceTypes: types(instanceTypes),
    alternatives: { types: types(alternatives?.types), ...(selected === undefined ? {} : { selected }) },
  };
}
