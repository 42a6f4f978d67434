// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import { checkFile } from "../../lib/check/check-file.ts";
import { KEY, policyOf } from "../support/build.ts";

const OWN = policyOf({ keys: { accept: "customer-managed" } });

/** What is said of every resource of a template: `Name.path is @line: because`, without what does not apply. */
function said(text: string, policy = OWN): string[] {
  const file = checkFile({ file: "template.yaml", walked: false, text }, policy, undefined);
  if (file.is !== "judged") throw new Error(JSON.stringify(file));
  return file.checked.flatMap(({ subject, settings }) =>
    settings.flatMap(({ path, is, line, because }) =>
      is === "not-applicable" ? [] : [`${subject.name}.${path} ${is} @${line}: ${because}`],
    ),
  );
}

/** A notebook with this as its key, among keys, parameters and a role to refer to. */
const notebook = (key: string) => `
Parameters:
  Given: {Type: String}
  Mine: {Type: String, Default: ${KEY}}
  Theirs: {Type: String, Default: alias/aws/sagemaker}
  Nothing: {Type: String, Default: ""}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /keys/ml}
  Many: {Type: CommaDelimitedList, Default: "alias/a,alias/b"}
Resources:
  Key: {Type: "AWS::KMS::Key", Properties: {KeyPolicy: {}}}
  Replica: {Type: "AWS::KMS::ReplicaKey"}
  Alias: {Type: "AWS::KMS::Alias", Properties: {AliasName: alias/ml, TargetKeyId: !Ref Key}}
  NamedLater: {Type: "AWS::KMS::Alias", Properties: {AliasName: !Ref Given}}
  Role: {Type: "AWS::IAM::Role"}
  N:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      KmsKeyId: ${key}
`;
const LINE = 18;
const made = "accepted @18: a customer managed key, made by the same file";
const looked =
  "undetermined @18: whose key it is would be looked up in the account; keys.allow in the policy can name it";

describe("a key in a template", () => {
  it.each([
    ["!Ref Key", made],
    ["!GetAtt Key.Arn", made],
    ["!GetAtt [Key, Arn]", made],
    ["!GetAtt Key.KeyId", made],
    ["{Ref: Key}", made],
    ['{"Fn::GetAtt": [Key, Arn]}', made],
    ['{"Fn::GetAtt": Key.Arn}', made],
    ["!GetAtt Replica.Arn", made],
    ["!Ref Alias", made],
    ["!Ref NamedLater", made],
    ['!Sub "${Key.Arn}"', made],
    ['!Sub ["${K}", {K: !GetAtt Key.Arn}]', made],
    ["!Ref Theirs", "rejected @18: an AWS managed key, by its name"],
    ['!Sub "${Theirs}"', "rejected @18: an AWS managed key, by its name"],
    ['!Sub ["alias/aws/${Service}", {Service: s3}]', "rejected @18: an AWS managed key, by its name"],
    ["alias/aws/s3", "rejected @18: an AWS managed key, by its name"],
    ["!Ref Nothing", "missing @18: no key is given; SageMaker uses a key that it manages itself"],
    ["''", "missing @18: no key is given; SageMaker uses a key that it manages itself"],
    [KEY, looked],
    ["!Ref Mine", looked],
    ["!Ref Given", "undetermined @18: !Ref Given: a parameter without a default"],
    ["!Ref Stored", "undetermined @18: !Ref Stored: read from Parameter Store on deployment"],
    ["!Ref Many", "undetermined @18: !Ref Many: a list that is given on deployment"],
    ["!Ref Unheard", "undetermined @18: !Ref Unheard: known once deployed"],
    ["!Ref __proto__", "undetermined @18: !Ref __proto__: known once deployed"],
    ["!GetAtt Role.Arn", "undetermined @18: !GetAtt Role.Arn: known once deployed"],
    ["!GetAtt Key.Other", "undetermined @18: !GetAtt Key.Other: known once deployed"],
    [
      "!Ref AWS::NoValue",
      "undetermined @18: !Ref AWS::NoValue: whether anything stands here is worked out on deployment",
    ],
    ["!If [C, !GetAtt Key.Arn, alias/aws/s3]", "undetermined @18: !If: it depends on a condition"],
    ["!ImportValue KeyArn", "undetermined @18: !ImportValue: it is worked out on deployment"],
    ["!FindInMap [A, B, C]", "undetermined @18: !FindInMap: it is worked out on deployment"],
    ['!Sub "arn:${AWS::Partition}:kms:::key/1"', "undetermined @18: !Ref AWS::Partition: known once deployed"],
    ['!Sub "${!Literal}"', "undetermined @18: not a key id, key ARN, alias name or alias ARN"],
    ["5", "undetermined @18: what stands there is not a string"],
  ])("%s", (key, expected) => {
    expect(said(notebook(key))).toEqual([`N.KmsKeyId ${expected}`]);
    expect(notebook("x").split("\n")[LINE - 1]).toContain("KmsKeyId: x");
  });

  it.each([
    ["any", { accept: "any" }, "accepted", "the policy accepts any key"],
    ["any, some denied", { accept: "any", deny: ["alias/old"] }, "undetermined", "whether a list names it"],
    ["listed", { accept: "listed", allow: [KEY] }, "undetermined", "whether a list names it"],
    ["every key listed", { accept: "listed", allow: ["arn:aws:kms:*:*:key/*"] }, "accepted", "the policy allows"],
    ["some denied", { accept: "customer-managed", deny: ["alias/old"] }, "undetermined", "whether a list names it"],
  ])("made by the template where the policy accepts %s", (_, keys, is, because) => {
    const [one] = said(notebook("!GetAtt Key.Arn"), policyOf({ keys }));
    expect(one).toContain(`N.KmsKeyId ${is} @18: `);
    expect(one).toContain(because);
  });

  it.each([
    ["allow", "accepted"],
    ["deny", "rejected"],
  ])("under an alias that is written out is held against the %s list", (list, is) => {
    const policy = policyOf({ keys: { accept: "listed", [list]: ["alias/ml"] } });
    expect(said(notebook("!Ref Alias"), policy)[0]).toContain(`N.KmsKeyId ${is}`);
  });

  it("is never matched by an account or a Region that the file does not name", () => {
    const policy = policyOf({ keys: { accept: "listed", allow: ["000000000000", "111122223333"] } });
    expect(said(notebook("alias/ml"), policy)).toEqual([`N.KmsKeyId ${looked}`]);
    expect(said(notebook(KEY), policy)[0]).toContain("accepted");
  });

  it("is told as the file writes it", () => {
    const file = checkFile({ file: "t", walked: false, text: notebook('!Sub "${Key.Arn}"') }, OWN, undefined);
    expect(JSON.stringify(file)).toContain('"key":"${Key.Arn}"');
  });
});

const resource = (type: string, properties: string) =>
  `Resources:\n  R:\n    Type: AWS::SageMaker::${type}\n    Properties:\n${properties.replace(/^/gm, "      ")}`;

describe("what a template leaves open is never called missing", () => {
  it.each([
    [
      "all properties",
      "Domain",
      "Fn::Transform: {Name: AWS::Include}",
      [
        "KmsKeyId",
        "HomeEfsFileSystemKmsKeyId",
        "DefaultUserSettings.SharingSettings.S3KmsKeyId",
        "DefaultUserSettings.CanvasAppSettings.WorkspaceSettings.S3KmsKeyId",
      ],
    ],
    [
      "whether there is a store",
      "FeatureGroup",
      "OnlineStoreConfig: {EnableOnlineStore: !Ref P}\nOfflineStoreConfig: !If [A, {S3StorageConfig: {S3Uri: s}}, !Ref AWS::NoValue]",
      ["OnlineStoreConfig.SecurityConfig.KmsKeyId", "OfflineStoreConfig.S3StorageConfig.KmsKeyId"],
    ],
    [
      "whether a wrong key is in use",
      "FeatureGroup",
      "OnlineStoreConfig: {EnableOnlineStore: !Ref P, SecurityConfig: {KmsKeyId: alias/aws/s3}}",
      ["OnlineStoreConfig.SecurityConfig.KmsKeyId"],
    ],
    ["the instance type", "EndpointConfig", "ProductionVariants: [{InstanceType: !Ref P}]", ["KmsKeyId"]],
    [
      "the variants",
      "EndpointConfig",
      "ProductionVariants: !If [A, [], []]",
      ["KmsKeyId", "ProductionVariants[].CoreDumpConfig.KmsKeyId"],
    ],
    ["what the volumes sit on", "InferenceExperiment", "ModelVariants: !If [A, [], []]", ["KmsKey"]],
    [
      "one variant",
      "EndpointConfig",
      "ProductionVariants: [{InstanceType: ml.m5.large}, !If [A, {}, {}]]",
      ["KmsKeyId", "ProductionVariants[1].CoreDumpConfig.KmsKeyId"],
    ],
    [
      "which volume is the root",
      "Cluster",
      "InstanceGroups: [{InstanceStorageConfigs: [{EbsVolumeConfig: {RootVolume: !Ref P}}]}]",
      [
        "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId",
        "InstanceGroups[0].InstanceStorageConfigs[0].EbsVolumeConfig.VolumeKmsKeyId",
      ],
    ],
  ])("%s", (_, type, properties, paths) => {
    const found = said(resource(type, properties));
    expect(found.map((one) => one.replace(/ @.*/, "")).sort()).toEqual(
      paths.map((path) => `R.${path} undetermined`).sort(),
    );
  });

  it.each([
    [
      "a key is accepted whether it is in use or not",
      "EndpointConfig",
      "ProductionVariants: [{ServerlessConfig: {}}]\nDataCaptureConfig: {EnableCapture: !Ref P, KmsKeyId: alias/ml}",
      "R.DataCaptureConfig.KmsKeyId accepted",
    ],
    [
      "a wrong key is one on any volume",
      "InferenceExperiment",
      "KmsKey: alias/aws/s3\nModelVariants: !If [A, [], []]",
      "R.KmsKey rejected",
    ],
    [
      "variants on both storages must be split whatever the third is",
      "EndpointConfig",
      "ProductionVariants: [{InstanceType: ml.m5.large}, {InstanceType: ml.g5.xlarge}, {InstanceType: !Ref P}]",
      "R.KmsKeyId missing",
    ],
  ])("but %s", (_, type, properties, expected) => {
    const policy = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });
    expect(said(resource(type, properties), policy).map((one) => one.replace(/ @.*/, ""))).toEqual([expected]);
  });

  it("but a key that is open elsewhere is no excuse", () => {
    const open = "InstanceGroups: [{InstanceStorageConfigs: [{EbsVolumeConfig: {VolumeKmsKeyId: !Ref P}}]}]";
    expect(said(resource("Cluster", open)).map((one) => one.replace(/ @.*/, ""))).toEqual([
      "R.InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId missing",
      "R.InstanceGroups[0].InstanceStorageConfigs[0].EbsVolumeConfig.VolumeKmsKeyId undetermined",
    ]);
  });

  it("nor what the policy does not require", () => {
    const policy = policyOf({ require: { volume: false } });
    expect(said(resource("NotebookInstance", "KmsKeyId: !Ref P"), policy)).toEqual([]);
  });
});

describe("a template's resources", () => {
  it.each([
    ["YAML's booleans are CloudFormation's", "DataCaptureConfig: {EnableCapture: no}", ["R.KmsKeyId missing @4"]],
    ["booleans as text", 'DataCaptureConfig: {EnableCapture: "false"}', ["R.KmsKeyId missing @4"]],
    [
      "local storage and serverless variants",
      "ProductionVariants: [{InstanceType: ml.g5.xlarge}]\nDataCaptureConfig:\n  KmsKeyId: alias/aws/s3",
      ["R.DataCaptureConfig.KmsKeyId rejected @7"],
    ],
  ])("%s", (_, properties, expected) => {
    expect(said(resource("EndpointConfig", properties)).map((one) => one.replace(/:.*/, ""))).toEqual(expected);
  });

  it("are found under conditions, in loops, and in JSON", () => {
    const properties = { Type: "AWS::SageMaker::NotebookInstance", Condition: "Never", Properties: {} };
    const loop = ["Name", { Ref: "Names" }, { "Loop${Name}": properties }];
    const text = JSON.stringify({ Resources: { Plain: properties, "Fn::ForEach::Books": loop } }, null, 2);
    expect(said(text).map((one) => one.replace(/:.*/, ""))).toEqual([
      "Plain.KmsKeyId missing @6",
      "Loop${Name}.KmsKeyId missing @17",
    ]);
  });

  it("are judged by their type's name where nobody here has heard of it, and are not where it takes no key", () => {
    const text = resource("TrainingJob", "OutputDataConfig: {S3OutputPath: s3}");
    expect(said(text).map((one) => one.replace(/ @.*/, ""))).toEqual(["R.OutputDataConfig.KmsKeyId missing"]);
    expect(said(resource("Model", "ExecutionRoleArn: r"))).toEqual([]);
  });

  it("stand where merge keys and aliases bring them", () => {
    const text =
      "Base: &base\n  KmsKeyId: alias/aws/s3\nResources:\n  R:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: *base\n" +
      "  S:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      <<: *base\n";
    expect(said(text).map((one) => one.replace(/:.*/, ""))).toEqual([
      "R.KmsKeyId rejected @2",
      "S.KmsKeyId rejected @9",
    ]);
  });

  it("hold nothing against a template by the names of its members", () => {
    const text = "Resources:\n  __proto__: {Type: AWS::SageMaker::NotebookInstance, Properties: {constructor: {}}}\n";
    expect(said(text)).toEqual([expect.stringContaining("__proto__.KmsKeyId missing")]);
  });
});
