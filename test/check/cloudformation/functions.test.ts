// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import { policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/own"] } });

const template = (properties: string, type = "NotebookInstance") => `
Parameters:
  Open: {Type: String}
  Name: {Type: String, Default: own}
  Names: {Type: CommaDelimitedList, Default: "aws/s3, own"}
  Given: {Type: CommaDelimitedList}
Mappings:
  Keys:
    eu-west-1: {name: alias/own, list: [alias/aws/s3, alias/own]}
    us-east-1: {name: alias/own, list: [alias/aws/s3, alias/own]}
Resources:
  Key: {Type: "AWS::KMS::Key", Properties: {KeyPolicy: {}}}
  Alias: {Type: "AWS::KMS::Alias", Properties: {AliasName: !Sub "alias/\${Name}", TargetKeyId: !Ref Key}}
  N:
    Type: AWS::SageMaker::${type}
    Properties: ${properties}
`;

const verdictOf = (key: string, policy = POLICY) =>
  resourcesIn(template(`{KmsKeyId: ${key}}`), { policy })[0]?.settings.map(({ is, reason }) => `${is} ${reason?.code}`);

describe("a function in a template", () => {
  it.each([
    ['!Join ["/", [alias, own]]', "accepted key-allowed"],
    ['!Join ["/", [alias, !Ref Name]]', "accepted key-allowed"],
    ['!Join ["", ["alias/", !Select [1, !Ref Names]]]', "accepted key-allowed"],
    ['!Join ["/", [alias, !Ref AWS::NoValue, own]]', "accepted key-allowed"],
    ['!Join ["/", [alias, !Ref Open]]', "undetermined parameter-open"],
    ['!Join ["/", !Ref Given]', "undetermined parameter-open"],
    ['!Join ["/", !GetAtt Key.Arns]', "undetermined reference-open"],
    ['!Join ["/", alias]', "undetermined intrinsic-open"],
    ["!Join [[], [a]]", "undetermined intrinsic-open"],
    ['!Select [0, ["alias/aws/s3", "alias/own"]]', "rejected aws-managed"],
    ['!Select ["1", ["alias/aws/s3", "alias/own"]]', "accepted key-allowed"],
    ['!Select [1, !Split [",", "alias/aws/s3,alias/own"]]', "accepted key-allowed"],
    ['!Select [!Ref Name, ["alias/own"]]', "undetermined intrinsic-open"],
    ["!Select [5, [alias/own]]", "undetermined intrinsic-open"],
    ['!Select [0, !Split ["|", !Ref Open]]', "undetermined parameter-open"],
    ['!Select [1, !Split [":", !GetAtt Key.Arn]]', "undetermined intrinsic-open"],
    ["!Select [1, !FindInMap [Keys, eu-west-1, list]]", "accepted key-allowed"],
    ["!FindInMap [Keys, eu-west-1, name]", "accepted key-allowed"],
    ["!FindInMap [Keys, !Ref AWS::Region, name]", "accepted key-allowed"],
    ["!FindInMap [Keys, ap-south-1, name, {DefaultValue: alias/aws/s3}]", "rejected aws-managed"],
    ["!FindInMap [Keys, ap-south-1, name]", "undetermined intrinsic-open"],
    ["!FindInMap [Keys, !Ref Given, name, {DefaultValue: alias/aws/s3}]", "undetermined intrinsic-open"],
    ["!FindInMap Keys", "undetermined intrinsic-open"],
    ["!Ref Alias", "accepted key-allowed"],
    ['!Sub "${Alias}"', "accepted key-allowed"],
    ["!Base64 alias/own", "undetermined intrinsic-open"],
    ["!If [1, alias/own, alias/own]", "undetermined conditional"],
  ])("is resolved: %s", (key, expected) => {
    expect(verdictOf(key)).toEqual([expected]);
  });

  const OWN = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}";

  it.each([
    [`"${OWN}:alias/own"`, "accepted key-allowed"],
    [`"${OWN}:alias/\${Name}"`, "accepted key-allowed"],
    [`"${OWN}:alias/aws/s3"`, "rejected aws-managed"],
    [`"${OWN}:alias/other"`, "undetermined needs-account"],
    [`"${OWN}:alias/\${Open}"`, "undetermined reference-open"],
    [`"${OWN}:key/\${Key}"`, "accepted made-by-file"],
    [`"${OWN}:\${Alias}"`, "accepted key-allowed"],
    [`"${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, "undetermined reference-open"],
    ['"arn:aws:kms:eu-west-1:${Open}:alias/aws/s3"', "rejected aws-managed"],
    ['"arn:aws:kms:${AWS::Region}:111122223333:alias/aws/s3"', "rejected aws-managed"],
    ['"arn:aws:kms:eu-west-1:${Open}:alias/own"', "accepted key-allowed"],
    ['"arn:aws:kms:eu-west-1:${Open}:alias/other"', "undetermined parameter-open"],
    ['"arn:aws:kms:eu-${Open}:111122223333:alias/own"', "undetermined parameter-open"],
    ['"arn:aws:s3:::${AWS::AccountId}:alias/aws/s3"', "undetermined reference-open"],
  ])("may leave the account and the Region of an alias open: %s", (arn, expected) => {
    expect(verdictOf(`!Sub ${arn}`)).toEqual([expected]);
  });

  it("may put such an ARN together from parts", () => {
    const arn = (tail: string) =>
      `!Join [":", [arn, !Ref AWS::Partition, kms, !Ref AWS::Region, !Ref AWS::AccountId, ${tail}]]`;
    expect(verdictOf(arn("alias/aws/sagemaker"))).toEqual(["rejected aws-managed"]);
    expect(verdictOf(arn("alias/own"))).toEqual(["accepted key-allowed"]);
    expect(verdictOf(arn('!Join ["/", [key, !Ref Key]]'))).toEqual(["accepted made-by-file"]);
  });

  it("does not make an alias of another account the policy's, where the policy lists neither", () => {
    const policy = policyOf({ keys: { accept: "customer-managed", allow: ["arn:aws:kms:*:111122223333:alias/own"] } });
    expect(verdictOf('!Sub "arn:aws:kms:eu-west-1:${Open}:alias/own"', policy)).toEqual([
      "undetermined parameter-open",
    ]);
  });
});

const STEP = (key: string) => ({
  Version: "2020-12-01",
  Steps: [
    {
      Name: "Train",
      Type: "Training",
      Arguments: {
        OutputDataConfig: { S3OutputPath: "s3://b", KmsKeyId: key },
        ResourceConfig: { InstanceType: "ml.g5.xlarge" },
      },
    },
  ],
});

describe("a pipeline's definition in a template", () => {
  const inBlock = (tag: string, text: string) =>
    template(
      `\n      PipelineDefinition:\n        PipelineDefinitionBody: ${tag}\n${text.replace(/^/gm, " ".repeat(10))}`,
      "Pipeline",
    );
  const json = JSON.stringify(STEP("alias/aws/s3"), null, 2);

  /** The text of the line of each finding, from its column on. */
  const linesOf = (text: string) =>
    resourcesIn(text, { policy: POLICY }).flatMap(({ settings }) =>
      settings.flatMap(({ is, path, line, column }) =>
        is === "rejected" ? [`${path}: ${text.split("\n")[line - 1]?.slice(column - 1)}`] : [],
      ),
    );
  const PATH = "Steps[Train].Arguments.OutputDataConfig.KmsKeyId";

  it.each([
    ["a block of text", inBlock("|", json)],
    ["a block of text with variables", inBlock("!Sub |", json)],
    ["a block in the long form", inBlock("", `Fn::Sub: |\n${json.replace(/^/gm, "  ")}`)],
    ["a block in a list", inBlock("!Sub", `- |\n${json.replace(/^/gm, "  ")}\n- {}`)],
  ])("has the line of each finding: %s", (_, text) => {
    expect(linesOf(text)).toEqual([`${PATH}: "KmsKeyId": "alias/aws/s3"`]);
  });

  it("has the line of each finding in a structure for Fn::ToJsonString", () => {
    const text = inBlock("", `Fn::ToJsonString:\n${json.replace(/^/gm, "  ")}`);
    expect(linesOf(text)).toEqual([`${PATH}: "KmsKeyId": "alias/aws/s3"`]);
  });

  it("has the line of the text where it is on one line", () => {
    expect(linesOf(inBlock("", JSON.stringify(JSON.stringify(STEP("alias/aws/s3")))))[0]).toContain(
      `${PATH}: PipelineDefinitionBody`,
    );
  });

  it.each([
    ["{Ref: Key}", "accepted made-by-file"],
    ["alias/own", "accepted key-allowed"],
    ["{Ref: Open}", "undetermined key-unrecognised"],
  ])("is the text of a structure: %s", (key, expected) => {
    const body = `\n${JSON.stringify(STEP("KEY")).replace('"KEY"', key)}`.replace(/^(?=.)/gm, " ".repeat(12));
    const [resource] = resourcesIn(inBlock("", `Fn::ToJsonString:${body}`), { policy: POLICY });
    expect(
      resource?.settings.filter(({ is }) => is !== "not-applicable").map(({ is, reason }) => `${is} ${reason?.code}`),
    ).toContain(expected);
  });
});
