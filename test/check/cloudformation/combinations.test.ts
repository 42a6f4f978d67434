// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/own"] } });
const NONE = { Ref: "AWS::NoValue" };

const settingsOf = (template: JsonObject) =>
  resourcesIn(template, { policy: POLICY, file: "t.json" }).flatMap(({ settings }) =>
    settings.filter(({ is }) => is !== "not-applicable"),
  );

const verdictsOf = (template: JsonObject) => settingsOf(template).map(({ is }) => is);

const notebook = (properties: JsonObject): JsonObject => ({
  Type: "AWS::SageMaker::NotebookInstance",
  Properties: properties,
});

/** As many parameters as names, and a condition of each. */
function conditions(
  count: number,
  byDefault = "no",
): { names: string[]; Parameters: JsonObject; Conditions: JsonObject } {
  const names = Array.from({ length: count }, (_, i) => `C${i}`);
  const parameters = names.map((name) => [`P${name}`, { Type: "String", Default: byDefault }]);
  return {
    names,
    Parameters: Object.fromEntries(parameters),
    Conditions: Object.fromEntries(names.map((name) => [name, { "Fn::Equals": [{ Ref: `P${name}` }, "yes"] }])),
  };
}

const under = (key: Json, { Parameters, Conditions }: ReturnType<typeof conditions>, more: JsonObject = {}) => ({
  Parameters,
  Conditions: { ...Conditions, ...more },
  Resources: { N: notebook({ KmsKeyId: key }) },
});

describe("a resource with more combinations than are judged", () => {
  const many = conditions(20);
  const every = many.names.map((name) => ({ "Fn::If": [name, "s3", ""] }));
  const key = { "Fn::Join": ["", ["alias/own", ...every]] };

  it("is left open, not judged by its defaults", () => {
    expect(verdictsOf(under("alias/own", many))).toEqual(["accepted"]);
    expect(verdictsOf(under(key, many))).toEqual(["undetermined"]);
  });

  it("is judged although its own condition is false by default", () => {
    const template = under(key, many, { All: { "Fn::And": many.names.map((Condition) => ({ Condition })) } });
    const resource = { ...notebook({ KmsKeyId: key }), Condition: "All" };
    expect(verdictsOf({ ...template, Resources: { N: resource } })).toEqual(["undetermined"]);
  });

  it("is judged where these are of properties that decide nothing", () => {
    const tuned = many.names.map((name) => [`Setting${name}`, { "Fn::If": [name, "a", NONE] }]);
    const { Parameters, Conditions } = many;
    const properties = { ...Object.fromEntries(tuned), KmsKeyId: { "Fn::If": ["C0", "alias/own", NONE] } };
    const [setting] = settingsOf({ Parameters, Conditions, Resources: { N: notebook(properties) } });
    expect([setting?.is, setting?.under]).toEqual(["missing", [{ condition: "C0", is: false }]]);
  });

  it("is judged where values of a parameter make no difference", () => {
    const AllowedValues = Array.from({ length: 60 }, (_, i) => `ml.m5.${i}xlarge`);
    const types = ["A", "B", "C"];
    const template = {
      Parameters: Object.fromEntries(types.map((name) => [name, { Type: "String", AllowedValues }])),
      Resources: {
        E: {
          Type: "AWS::SageMaker::EndpointConfig",
          Properties: { ProductionVariants: types.map((Ref) => ({ InstanceType: { Ref } })) },
        },
      },
    };
    expect(verdictsOf(template)).toContain("missing");
  });
});

describe("a combination that cannot be deployed", () => {
  const Parameters = { Env: { Type: "String" } };
  const Mappings = { Keys: { prod: { key: "alias/own" } } };
  const key = { "Fn::FindInMap": ["Keys", { Ref: "Env" }, "key"] };

  it("does not count, as one whose mapping lacks the key", () => {
    const Conditions = { IsQa: { "Fn::Equals": [{ Ref: "Env" }, "qa"] } };
    const properties = { KmsKeyId: { "Fn::If": ["IsQa", key, key] } };
    expect(verdictsOf({ Parameters, Mappings, Conditions, Resources: { N: notebook(properties) } })).toEqual([
      "accepted",
    ]);
  });

  it("counts where there is no other", () => {
    const properties = { KmsKeyId: { "Fn::FindInMap": ["Keys", "qa", "key"] } };
    expect(verdictsOf({ Parameters, Mappings, Resources: { N: notebook(properties) } })).toEqual(["undetermined"]);
  });
});

describe("a comparison", () => {
  const both = (one: Json, other: Json) => ({
    Parameters: { A: { Type: "String" }, B: { Type: "String" }, C: { Type: "String" } },
    Conditions: { One: { "Fn::Equals": one }, Other: { "Fn::Equals": other } },
    Resources: {
      N: notebook({ KmsKeyId: { "Fn::If": ["One", { "Fn::If": ["Other", "alias/own", NONE] }, "alias/own"] } }),
    },
  });
  const A = { Ref: "A" };
  const B = { Ref: "B" };

  it.each([
    ["is the same turned round", [A, B], [B, A], "accepted"],
    ["of a value with itself is true", [A, "x"], [B, B], "accepted"],
    ["of a text that is only a parameter", [A, "x"], [{ "Fn::Sub": "${A}" }, "x"], "accepted"],
    ["of others is not the same", [A, B], [A, { Ref: "C" }], "missing"],
  ])("%s", (_, one, other, expected) => {
    expect(verdictsOf(both(one, other))).toEqual([expected]);
  });

  it("of a part of a parameter is open, although the whole has another value", () => {
    const part = { "Fn::Select": [0, { "Fn::Split": ["-", A] }] };
    const template = both([A, "x"], [part, "x"]);
    const key = { "Fn::If": ["One", "alias/own", { "Fn::If": ["Other", NONE, "alias/own"] }] };
    expect(verdictsOf({ ...template, Resources: { N: notebook({ KmsKeyId: key }) } })).toEqual(["missing"]);
  });
});

describe("a parameter with any other value", () => {
  it("is named by the values that it has not", () => {
    const [setting] = settingsOf({
      Parameters: { Key: { Type: "String" }, Env: { Type: "String" } },
      Conditions: {
        Both: { "Fn::And": [{ "Fn::Equals": [{ Ref: "Key" }, "alias/own"] }, { "Fn::Equals": [{ Ref: "Env" }, "a"] }] },
      },
      Resources: { N: notebook({ KmsKeyId: { "Fn::If": ["Both", "alias/own", { Ref: "Key" }] } }) },
    });
    expect([setting?.is, setting?.under]).toEqual(["undetermined", [{ parameter: "Key", isNot: ["alias/own"] }]]);
  });
});

describe("references that go round, or grow", () => {
  const alias = (AliasName: Json): JsonObject => ({ Type: "AWS::KMS::Alias", Properties: { AliasName } });
  const twice = Array.from({ length: 40 }, (_, i) => [`A${i + 1}`, alias({ "Fn::Sub": `\${A${i}}\${A${i}}` })]);
  const inner = Array.from({ length: 40 }).reduce<Json>((V) => ({ "Fn::Sub": ["${V}${V}", { V }] }), "x");

  it.each([
    ["an alias of itself", { K: alias({ Ref: "K" }) }, { Ref: "K" }, "accepted"],
    [
      "two aliases of each other",
      { K: alias({ Ref: "L" }), L: alias({ "Fn::Sub": "${K}" }) },
      { Ref: "K" },
      "accepted",
    ],
    ["an alias that doubles", { A0: alias("alias/own"), ...Object.fromEntries(twice) }, { Ref: "A40" }, "undetermined"],
    ["a variable that doubles", {}, inner, "undetermined"],
  ])("do no harm: %s", (_, resources, key, expected) => {
    expect(verdictsOf({ Resources: { ...resources, N: notebook({ KmsKeyId: key }) } })).toEqual([expected]);
  });

  it("leave a long chain of conditions open, and the other resources are judged", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => [`D${i + 1}`, { Condition: `D${i}` }]);
    const { Parameters, Conditions } = conditions(1);
    const template = {
      Parameters,
      Conditions: { ...Conditions, D0: { Condition: "C0" }, ...Object.fromEntries(chain) },
      Resources: { M: notebook({}), N: notebook({ KmsKeyId: { "Fn::If": ["D20000", "alias/own", NONE] } }) },
    };
    expect(verdictsOf(template)).toEqual(["missing", "undetermined"]);
  });
});
