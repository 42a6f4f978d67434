import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { operation } from "../../../lib/catalogue/find-operation.ts";
import type { Setting } from "../../../lib/catalogue/vocabulary.ts";
import { type CloudFormationType, cloudFormationTypes } from "../../../lib/check/cloudformation/types.ts";
import { noteSkipped } from "../../../scripts/skipped.ts";

/** Prints {type: [every property's path]} of the SageMaker schemas that cfn-lint carries; `[]` for list elements. */
const SCRIPT = `
import json
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as manager
def walk(node, path, above, schema, found):
    if "$ref" in node:
        ref = node["$ref"]
        if ref not in above:
            walk(schema["definitions"][ref.split("/")[-1]], path, above + [ref], schema, found)
        return
    for name, inner in node.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        found.append(here)
        walk(inner, here, above, schema, found)
    if isinstance(node.get("items"), dict):
        walk(node["items"], path + "[]", above, schema, found)
    for choice in ("oneOf", "anyOf", "allOf"):
        for inner in node.get(choice, []):
            walk(inner, path, above, schema, found)
types = {}
for name in manager.get_resource_types("us-east-1"):
    if name.startswith("AWS::SageMaker::"):
        schema = manager.get_resource_schema("us-east-1", name).schema
        walk(schema, "", [], schema, types.setdefault(name, []))
print(json.dumps(types))
`;

/** Members of the API that CloudFormation does not have, so that no template can hold them. */
const NOT_IN_CLOUDFORMATION = [
  "AWS::SageMaker::Domain DefaultUserSettings.CanvasAppSettings",
  "AWS::SageMaker::Domain HomeEfsFileSystemKmsKeyId",
  "AWS::SageMaker::EndpointConfig ProductionVariants[].CoreDumpConfig",
  "AWS::SageMaker::EndpointConfig ProductionVariants[].InstancePools",
  "AWS::SageMaker::EndpointConfig ShadowProductionVariants[].CoreDumpConfig",
  "AWS::SageMaker::EndpointConfig ShadowProductionVariants[].InstancePools",
  "AWS::SageMaker::UserProfile UserSettings.CanvasAppSettings",
];

let schemas: Readonly<Record<string, readonly string[]>> | undefined;

beforeAll(() => {
  const { status, stdout } = spawnSync("python3", ["-c", SCRIPT], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status === 0) schemas = JSON.parse(stdout);
  else noteSkipped("the resource types against CloudFormation's schemas", MISSING);
});

const MISSING = "python3 cannot import cfnlint, which carries the schemas";

/** A property's path in API spelling. */
const inApi = (path: string, { moves = [] }: CloudFormationType): string => {
  const move = moves.find(({ from }) => path === from || path.startsWith(`${from}.`));
  return move ? move.to + path.slice(move.from.length) : path;
};

describe("the resource types against CloudFormation's schemas", () => {
  it("cover every property that names a key", ({ skip }) => {
    if (!schemas) return skip(MISSING);
    const rows: readonly CloudFormationType[] = cloudFormationTypes;
    const uncovered = Object.entries(schemas).flatMap(([type, paths]) => {
      const row = rows.find((one) => one.type === type);
      const covered = new Set<string>(operation(row?.operation ?? "")?.settings.map(({ path }) => path));
      const keys = paths.filter((path) => /kms|encrypt/i.test(path.slice(path.lastIndexOf(".") + 1)));
      return keys.filter((path) => !row || !covered.has(inApi(path, row))).map((path) => `${type} ${path}`);
    });
    expect(uncovered).toEqual([]);
  });

  it("have every property that a setting depends on, except those that CloudFormation lacks", ({ skip }) => {
    if (!schemas) return skip(MISSING);
    const lacking = cloudFormationTypes.flatMap(({ type, operation: name }) => {
      const settings: readonly Setting[] = operation(name)?.settings ?? [];
      const there = new Set(schemas?.[type]);
      return settings.flatMap(pathsOf).flatMap((path) => firstLacking(path, there).map((at) => `${type} ${at}`));
    });
    expect([...new Set(lacking)].sort()).toEqual(NOT_IN_CLOUDFORMATION);
  });

  it("exist, and so do the properties that are moved", ({ skip }) => {
    if (!schemas) return skip(MISSING);
    const rows: readonly CloudFormationType[] = cloudFormationTypes;
    const named = rows.flatMap(({ type, moves = [], settingsIn }) => [
      ...moves.map(({ from }) => `${type} ${from}`),
      ...(settingsIn ? [`${type} ${settingsIn}`] : []),
    ]);
    expect(rows.filter(({ type }) => !schemas?.[type])).toEqual([]);
    expect(named.filter((one) => !schemas?.[one.split(" ")[0] ?? ""]?.includes(one.split(" ")[1] ?? ""))).toEqual([]);
  });
});

describe("the resource types", () => {
  it("are in order, each once", () => {
    const types: readonly string[] = cloudFormationTypes.map(({ type }) => type);
    expect(types).toEqual([...new Set(types)].sort());
  });

  it.each(cloudFormationTypes.filter(({ type }) => type !== "AWS::SageMaker::Pipeline"))(
    "$type is created by an operation of the catalogue",
    ({ operation: name }) => expect(operation(name)?.operation).toBe(name),
  );
});

const pathsOf = ({ path, when = [], instanceTypes = [] }: Setting): string[] => [
  path,
  ...when.map((condition) => condition.path),
  ...instanceTypes,
];

/** The first step of a path that does not exist, as a path. */
function firstLacking(path: string, there: ReadonlySet<string>): string[] {
  const steps = path.split(".");
  const at = steps.findIndex(
    (_, i) =>
      !there.has(
        steps
          .slice(0, i + 1)
          .join(".")
          .replace(/\[\]$/, ""),
      ),
  );
  return at < 0
    ? []
    : [
        steps
          .slice(0, at + 1)
          .join(".")
          .replace(/\[\]$/, ""),
      ];
}
