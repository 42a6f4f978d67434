import { describe, expect, it } from "vitest";
import type { Circumstance } from "../../../lib/check/model/subject.ts";
import { policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/own"] } });

/** The findings of the template's resources: `N missing when IsProd=false`. */
function findingsIn(text: string, parameters: Record<string, Record<string, string>> = {}): string[] {
  const stages = Object.entries(parameters).map(([file, values]) => ({
    file,
    values: new Map(Object.entries(values)),
  }));
  return resourcesIn(text, { policy: POLICY, parameters: stages }).flatMap(({ subject, settings }) =>
    settings
      .filter(({ is }) => is !== "not-applicable")
      .map(
        ({ is, under = [] }) =>
          `${subject.name} ${is}${under.length > 0 ? ` when ${under.map(shown).join(", ")}` : ""}`,
      ),
  );
}

const shown = (one: Circumstance): string => {
  if ("condition" in one) return `${one.condition}=${one.is}`;
  if ("isNot" in one) return `${one.parameter}!=${one.isNot}`;
  return "parameter" in one ? `${one.parameter}=${one.is}` : one.parameters;
};

const template = (conditions: string, key: string, more = "") => `
Parameters:
  Env: {Type: String, Default: dev}
  Stage: {Type: String, AllowedValues: [dev, test, prod]}
  KeyArn: {Type: String, Default: ""}
  Open: {Type: String}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /key}
  Subnets: {Type: CommaDelimitedList, Default: "a,b"}
Mappings:
  Keys:
    dev: {key: alias/aws/sagemaker}
    test: {key: alias/own}
    prod: {key: alias/own}
Conditions:
${conditions.trim().replace(/^/gm, "  ")}
Resources:
  Key: {Type: "AWS::KMS::Key", Condition: MakesKey, Properties: {KeyPolicy: {}}}
  N:
    Type: AWS::SageMaker::NotebookInstance
    ${more}
    Properties:
      KmsKeyId: ${key}
`;

const IS_PROD = "IsProd: !Equals [!Ref Env, prod]";

describe("a value under conditions", () => {
  it.each([
    ["one branch is wrong", IS_PROD, "!If [IsProd, alias/own, !Ref AWS::NoValue]", ["N missing when IsProd=false"]],
    ["the other branch is wrong", IS_PROD, "!If [IsProd, alias/aws/s3, alias/own]", ["N rejected when IsProd=true"]],
    ["both branches are right", IS_PROD, "!If [IsProd, alias/own, !GetAtt Key.Arn]", ["N accepted"]],
    ["both are wrong", IS_PROD, "!If [IsProd, !Ref AWS::NoValue, !Ref AWS::NoValue]", ["N missing"]],
    [
      "each has a wrong key of its own",
      IS_PROD,
      "!If [IsProd, alias/aws/s3, alias/aws/ebs]",
      ["N rejected when IsProd=false", "N rejected when IsProd=true"],
    ],
    [
      "a wrong key counts more than an unknown one",
      IS_PROD,
      "!If [IsProd, !Ref Open, alias/aws/ebs]",
      ["N rejected when IsProd=false"],
    ],
    ["a key is unknown in one", IS_PROD, "!If [IsProd, !Ref Open, alias/own]", ["N undetermined when IsProd=true"]],
    [
      "conditions within conditions",
      "A: !Equals [!Ref Env, a]\nB: !Equals [!Ref Open, b]",
      "!If [A, !If [B, alias/own, !Ref AWS::NoValue], alias/own]",
      ["N missing when A=true, B=false"],
    ],
    [
      "And, Or, Not and Condition",
      "A: !Equals [!Ref Env, a]\nB: !Equals [!Ref Open, b]\nBoth: !And [!Condition A, {Condition: B}]\nNone: !Not [!Or [!Condition A, !Condition B]]",
      "!If [Both, alias/own, !If [None, alias/own, alias/aws/s3]]",
      ["N rejected when Both=false, None=false"],
    ],
    [
      "two conditions that exclude each other",
      "IsDev: !Equals [!Ref Env, dev]\nIsProd: !Equals [!Ref Env, prod]",
      "!If [IsDev, !If [IsProd, alias/aws/s3, alias/own], alias/own]",
      ["N accepted"],
    ],
    ["a condition that is never true", "Never: !Equals [a, b]", "!If [Never, alias/aws/s3, alias/own]", ["N accepted"]],
    [
      "no allowed value makes it true",
      "IsOther: !Equals [!Ref Stage, qa]",
      "!If [IsOther, alias/aws/s3, alias/own]",
      ["N accepted"],
    ],
    [
      "the parameter is the key: empty, or what is given",
      'HasKey: !Not [!Equals [!Ref KeyArn, ""]]',
      "!If [HasKey, !Ref KeyArn, !Ref AWS::NoValue]",
      ["N missing when HasKey=false"],
    ],
    [
      "the parameter is the key, else the template makes one",
      'HasKey: !Not [!Equals [!Ref KeyArn, ""]]\nMakesKey: !Not [!Condition HasKey]',
      "!If [HasKey, !Ref KeyArn, !GetAtt Key.Arn]",
      ["N undetermined when HasKey=true"],
    ],
    [
      "a value from Parameter Store can be anything",
      "Is: !Equals [!Ref Stored, x]",
      "!If [Is, alias/own, !Ref AWS::NoValue]",
      ["N missing when Is=false"],
    ],
    [
      "the Region can be anything",
      "Is: !Equals [!Ref AWS::Region, us-east-1]",
      "!If [Is, alias/own, !Ref AWS::NoValue]",
      ["N missing when Is=false"],
    ],
    [
      "a mapping in a condition",
      "Is: !Equals [!FindInMap [Keys, !Ref Stage, key], alias/own]",
      "!If [Is, alias/own, !Ref AWS::NoValue]",
      ["N missing when Is=false"],
    ],
    [
      "a list in a condition",
      'Is: !Equals [!Join ["", !Ref Subnets], ab]',
      "!If [Is, alias/own, alias/aws/s3]",
      ["N accepted"],
    ],
    ["a condition that the template lacks", IS_PROD, "!If [Other, alias/own, !Ref AWS::NoValue]", ["N undetermined"]],
    [
      "a condition that depends on itself",
      "A: !Not [!Condition B]\nB: !Not [!Condition A]",
      "!If [A, alias/own, !Ref AWS::NoValue]",
      ["N undetermined"],
    ],
    ["a condition of another form", "A: yes", "!If [A, alias/own, !Ref AWS::NoValue]", ["N undetermined"]],
  ])("is judged in every combination: %s", (_, conditions, key, expected) => {
    expect(findingsIn(template(conditions, key))).toEqual(expected);
  });

  it.each([
    ["can be true", IS_PROD, "IsProd", ["N missing"]],
    ["is never true", "Never: !Equals [a, b]", "Never", []],
    ["is not in the template", IS_PROD, "Other", ["N missing"]],
  ])("counts where the resource's own condition %s", (_, conditions, condition, expected) => {
    expect(findingsIn(template(conditions, "!Ref AWS::NoValue", `Condition: ${condition}`))).toEqual(expected);
  });

  it("is not judged where the resource is not created", () => {
    const key = "!If [IsProd, alias/own, !Ref AWS::NoValue]";
    expect(findingsIn(template(IS_PROD, key, "Condition: IsProd"))).toEqual(["N accepted"]);
  });

  it("has the line of its branch", () => {
    const text = template(IS_PROD, "!If\n        - IsProd\n        - alias/own\n        - alias/aws/s3");
    const [resource] = resourcesIn(text, { policy: POLICY });
    expect(text.split("\n")[(resource?.settings[0]?.line ?? 0) - 1]).toContain("alias/aws/s3");
  });

  it("is left open where there are more combinations than a reader can use", () => {
    const names = Array.from({ length: 1000 }, (_, i) => `C${i}`);
    const conditions = names.map((name) => `${name}: !Equals [!Ref Open, ${name}]`).join("\n");
    const chain = names.slice(0, 300).reduce((inner, name) => `!If [${name}, alias/own, ${inner}]`, "alias/own");
    expect(findingsIn(template(conditions, chain))).toEqual(["N undetermined"]);
    const few = names.slice(0, 20).reduce((inner, name) => `!If [${name}, alias/own, ${inner}]`, "alias/aws/s3");
    expect(findingsIn(template(conditions, few))).toHaveLength(1);
  });
});

describe("the values of parameters", () => {
  const TYPES = (allowed: string) =>
    `Parameters: {Type: {Type: String, ${allowed}}}\nResources:\n  N:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties: {ProductionVariants: [{InstanceType: !Ref Type}]}\n`;

  it.each([
    ["all have local storage", "AllowedValues: [ml.g5.xlarge, ml.g5.2xlarge]", []],
    ["all have volumes", "AllowedValues: [ml.m5.large, ml.m5.xlarge]", ["N missing"]],
    ["some have volumes", "AllowedValues: [ml.g5.xlarge, ml.m5.large]", ["N missing when Type=ml.m5.large"]],
    [
      "the default has local storage",
      "Default: ml.g5.xlarge, AllowedValues: [ml.g5.xlarge, ml.m5.large]",
      ["N missing when Type=ml.m5.large"],
    ],
    ["there are none", "Default: ml.g5.xlarge", []],
  ])("decide about an instance type, where %s", (_, allowed, expected) => {
    expect(
      findingsIn(TYPES(allowed)).filter((one) => !one.includes("CoreDump") && !one.includes("undetermined")),
    ).toEqual(expected);
  });

  it("choose in a mapping", () => {
    expect(findingsIn(template(IS_PROD, "!FindInMap [Keys, !Ref Stage, key]"))).toEqual(["N rejected when Stage=dev"]);
    expect(findingsIn(template(IS_PROD, "!FindInMap [Keys, !Ref Env, key]"))).toEqual(["N rejected"]);
    expect(findingsIn(template(IS_PROD, "!FindInMap [Keys, !Ref Open, key]"))).toEqual(["N rejected when Open=dev"]);
  });

  it("of a file decide, each file for its stage", () => {
    const text = template(IS_PROD, "!If [IsProd, alias/own, !Ref AWS::NoValue]");
    expect(findingsIn(text, { "prod.json": { Env: "prod" } })).toEqual(["N accepted"]);
    expect(findingsIn(text, { "dev.json": { Env: "dev" } })).toEqual(["N missing"]);
    expect(findingsIn(text, { "dev.json": { Stage: "dev" } })).toEqual(["N missing"]);
    expect(findingsIn(text, { "prod.json": { Env: "prod" }, "dev.json": {} })).toEqual(["N missing when dev.json"]);
  });

  it("of a file give the key", () => {
    expect(findingsIn(template(IS_PROD, "!Ref Open"), { "a.json": { Open: "alias/aws/s3" } })).toEqual(["N rejected"]);
    expect(
      findingsIn(template(IS_PROD, "!Select [1, !Ref Subnets]"), { "a.json": { Subnets: "x,alias/own" } }),
    ).toEqual(["N accepted"]);
  });
});
