// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import { say } from "../../../lib/wording/reasons/say.ts";
import { KEY, policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const OWN = policyOf({ keys: { accept: "customer-managed" } });

/** Every setting of a template's resources as `Name.path is @line: because`, without those that do not apply. */
function settingsIn(text: string, policy = OWN): string[] {
  return resourcesIn(text, { policy }).flatMap(({ subject, settings }) =>
    settings.flatMap(({ path, is, line, reason }) =>
      is === "not-applicable" ? [] : [`${subject.name}.${path} ${is} @${line}: ${reason && say(reason)}`],
    ),
  );
}

/** A notebook with the given key, in a template with keys, parameters and a role. */
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
const madeByFile = "accepted @18: a customer managed key, created by the same file";
const notLookedUp =
  "undetermined @18: the key's owner would be looked up in the account; keys.allow in the policy can name the key";

describe("a key in a template", () => {
  it.each([
    ["!Ref Key", madeByFile],
    ["!GetAtt Key.Arn", madeByFile],
    ["!GetAtt [Key, Arn]", madeByFile],
    ["!GetAtt Key.KeyId", madeByFile],
    ["{Ref: Key}", madeByFile],
    ['{"Fn::GetAtt": [Key, Arn]}', madeByFile],
    ['{"Fn::GetAtt": Key.Arn}', madeByFile],
    ["!GetAtt Replica.Arn", madeByFile],
    ["!Ref Alias", madeByFile],
    ["!Ref NamedLater", madeByFile],
    ['!Sub "${Key.Arn}"', madeByFile],
    ['!Sub ["${K}", {K: !GetAtt Key.Arn}]', madeByFile],
    ["!Ref Theirs", "rejected @18: an AWS managed key, by its name"],
    ['!Sub "${Theirs}"', "rejected @18: an AWS managed key, by its name"],
    ['!Sub ["alias/aws/${Service}", {Service: s3}]', "rejected @18: an AWS managed key, by its name"],
    ["alias/aws/s3", "rejected @18: an AWS managed key, by its name"],
    ["!Ref Nothing", "missing @18: no key is given; SageMaker uses a key that it manages itself"],
    ["''", "missing @18: no key is given; SageMaker uses a key that it manages itself"],
    [KEY, notLookedUp],
    ["!Ref Mine", notLookedUp],
    ["!Ref Given", "undetermined @18: the parameter Given has no default"],
    ["!Ref Stored", "undetermined @18: the parameter Stored is read from Parameter Store on deployment"],
    ["!Ref Many", "undetermined @18: the value is not a string"],
    ["!Select [1, !Ref Many]", notLookedUp],
    ["!Ref Unheard", "undetermined @18: !Ref Unheard is known once deployed"],
    ["!Ref __proto__", "undetermined @18: !Ref __proto__ is known once deployed"],
    ["!GetAtt Role.Arn", "undetermined @18: !GetAtt Role.Arn is known once deployed"],
    ["!GetAtt Key.Other", "undetermined @18: !GetAtt Key.Other is known once deployed"],
    ["!Ref AWS::NoValue", "missing @18: no key is given; SageMaker uses a key that it manages itself"],
    ["!If [C, !GetAtt Key.Arn, alias/aws/s3]", "undetermined @18: !If depends on the condition C"],
    ["!ImportValue KeyArn", "undetermined @18: !ImportValue KeyArn is known once deployed"],
    ["!FindInMap [A, B, C]", "undetermined @18: !FindInMap is resolved on deployment"],
    ['!Sub "arn:${AWS::Partition}:kms:::key/1"', "undetermined @18: !Ref AWS::Partition is known once deployed"],
    ['!Sub "${!Literal}"', "undetermined @18: the value is not a key id, key ARN, alias name or alias ARN"],
    ["5", "undetermined @18: the value is not a string"],
  ])("is judged: %s", (key, expected) => {
    expect(settingsIn(notebook(key))).toEqual([`N.KmsKeyId ${expected}`]);
    expect(notebook("x").split("\n")[LINE - 1]).toContain("KmsKeyId: x");
  });

  it.each([
    ["any", { accept: "any" }, "accepted", "the policy accepts any key"],
    [
      "any, some denied",
      { accept: "any", deny: ["alias/old"] },
      "undetermined",
      "the policy's lists cannot be applied",
    ],
    ["listed", { accept: "listed", allow: [KEY] }, "undetermined", "the policy's lists cannot be applied"],
    ["every key listed", { accept: "listed", allow: ["arn:aws:kms:*:*:key/*"] }, "accepted", "the policy allows"],
    [
      "some denied",
      { accept: "customer-managed", deny: ["alias/old"] },
      "undetermined",
      "the policy's lists cannot be applied",
    ],
  ])("that the template creates is judged, if the policy accepts %s", (_, keys, is, because) => {
    const [one] = settingsIn(notebook("!GetAtt Key.Arn"), policyOf({ keys }));
    expect(one).toContain(`N.KmsKeyId ${is} @18: `);
    expect(one).toContain(because);
  });

  it.each([
    ["allow", "accepted"],
    ["deny", "rejected"],
  ])("with an alias in the template is compared with the %s list", (list, is) => {
    const policy = policyOf({ keys: { accept: "listed", [list]: ["alias/ml"] } });
    expect(settingsIn(notebook("!Ref Alias"), policy)[0]).toContain(`N.KmsKeyId ${is}`);
  });

  it("matches no pattern with an account or a Region that the file does not name", () => {
    const policy = policyOf({ keys: { accept: "listed", allow: ["000000000000", "111122223333"] } });
    expect(settingsIn(notebook("alias/ml"), policy)).toEqual([`N.KmsKeyId ${notLookedUp}`]);
    expect(settingsIn(notebook(KEY), policy)[0]).toContain("accepted");
  });

  it.each([
    ["!Ref Given", "parameter-open"],
    ["!Ref Stored", "parameter-stored"],
    ["!GetAtt Role.Arn", "reference-open"],
    ["!If [C, a, b]", "conditional"],
    ["!ImportValue KeyArn", "import-open"],
    ["!FindInMap [A, B, C]", "intrinsic-open"],
    ["!Sub [{A: b}, {}]", "not-substitutable"],
    ['!Sub ["${K}", {K: [a]}]', "not-substitutable"],
    ["!Ref Key", "made-by-file"],
    [KEY, "needs-account"],
  ])("%s has the code %s", (key, code) => {
    const [resource] = resourcesIn(notebook(key), { policy: OWN });
    expect(resource?.settings.map(({ reason }) => reason?.code)).toEqual([code]);
  });

  it("has a reason with facts for programs", () => {
    const reasonOf = (key: string) => resourcesIn(notebook(key), { policy: OWN })[0]?.settings[0]?.reason;
    expect(reasonOf("!If [IsProd, a, b]")).toEqual({ code: "conditional", condition: "IsProd" });
    expect(reasonOf("!ImportValue {Ref: Given}")).toEqual({ code: "import-open", export: null });
    expect(reasonOf('!Sub "${AWS::Region}"')).toEqual({ code: "reference-open", expression: "!Ref AWS::Region" });
  });

  it("is printed as the file has it", () => {
    const resources = resourcesIn(notebook('!Sub "${Key.Arn}"'), { policy: OWN });
    expect(JSON.stringify(resources)).toContain('"key":"${Key.Arn}"');
  });
});

const resource = (type: string, properties: string) =>
  `Resources:\n  R:\n    Type: AWS::SageMaker::${type}\n    Properties:\n${properties.replace(/^/gm, "      ")}`;

describe("a value that is known only after deployment", () => {
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
    ["the instances of the volumes", "InferenceExperiment", "ModelVariants: !If [A, [], []]", ["KmsKey"]],
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
  ])("makes the setting undetermined: %s", (_, type, properties, paths) => {
    const found = settingsIn(resource(type, properties));
    expect(found.map((one) => one.replace(/ @.*/, "")).sort()).toEqual(
      paths.map((path) => `R.${path} undetermined`).sort(),
    );
  });

  it.each([
    [
      "a key is accepted, in use or not",
      "EndpointConfig",
      "ProductionVariants: [{ServerlessConfig: {}}]\nDataCaptureConfig: {EnableCapture: !Ref P, KmsKeyId: alias/ml}",
      "R.DataCaptureConfig.KmsKeyId accepted",
    ],
    [
      "a wrong key on any volume is a finding",
      "InferenceExperiment",
      "KmsKey: alias/aws/s3\nModelVariants: !If [A, [], []]",
      "R.KmsKey rejected",
    ],
    [
      "two storages need two configurations, although a third variant is unknown",
      "EndpointConfig",
      "ProductionVariants: [{InstanceType: ml.m5.large}, {InstanceType: ml.g5.xlarge}, {InstanceType: !Ref P}]",
      "R.KmsKeyId missing",
    ],
  ])("does not matter here: %s", (_, type, properties, expected) => {
    const policy = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });
    expect(settingsIn(resource(type, properties), policy).map((one) => one.replace(/ @.*/, ""))).toEqual([expected]);
  });

  it("does not excuse a missing key of another element", () => {
    const groups = "InstanceGroups: [{InstanceStorageConfigs: [{EbsVolumeConfig: {VolumeKmsKeyId: !Ref P}}]}]";
    const open = `{NodeProvisioningMode: Continuous, ${groups}}`;
    expect(settingsIn(resource("Cluster", open)).map((one) => one.replace(/ @.*/, ""))).toEqual([
      "R.InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId missing",
      "R.InstanceGroups[0].InstanceStorageConfigs[0].EbsVolumeConfig.VolumeKmsKeyId undetermined",
    ]);
  });

  it("does not matter if the policy does not require the key", () => {
    const policy = policyOf({ require: { volume: false } });
    expect(settingsIn(resource("NotebookInstance", "KmsKeyId: !Ref P"), policy)).toEqual([]);
  });
});

describe("a template's resources", () => {
  it.each([
    ["YAML's booleans, as in CloudFormation", "DataCaptureConfig: {EnableCapture: no}", ["R.KmsKeyId missing @4"]],
    ["booleans as text", 'DataCaptureConfig: {EnableCapture: "false"}', ["R.KmsKeyId missing @4"]],
    [
      "local storage and serverless variants",
      "ProductionVariants: [{InstanceType: ml.g5.xlarge}]\nDataCaptureConfig:\n  KmsKeyId: alias/aws/s3",
      ["R.DataCaptureConfig.KmsKeyId rejected @7"],
    ],
  ])("are judged: %s", (_, properties, expected) => {
    expect(settingsIn(resource("EndpointConfig", properties)).map((one) => one.replace(/:.*/, ""))).toEqual(expected);
  });

  it("are found under conditions, in loops, and in JSON", () => {
    const properties = { Type: "AWS::SageMaker::NotebookInstance", Condition: "Never", Properties: {} };
    const loop = ["Name", { Ref: "Names" }, { "Loop${Name}": properties }];
    const text = JSON.stringify({ Resources: { Plain: properties, "Fn::ForEach::Books": loop } }, null, 2);
    expect(settingsIn(text).map((one) => one.replace(/:.*/, ""))).toEqual([
      "Plain.KmsKeyId missing @6",
      "Loop${Name}.KmsKeyId missing @17",
    ]);
  });

  it("of an unknown type are judged by the type's name, unless the type takes no key", () => {
    const text = resource("TrainingJob", "OutputDataConfig: {S3OutputPath: s3}");
    expect(settingsIn(text).map((one) => one.replace(/ @.*/, ""))).toEqual(["R.OutputDataConfig.KmsKeyId missing"]);
    expect(settingsIn(resource("Model", "ExecutionRoleArn: r"))).toEqual([]);
  });

  it("have the positions of the merge keys and aliases that contain them", () => {
    const text =
      "Base: &base\n  KmsKeyId: alias/aws/s3\nResources:\n  R:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: *base\n" +
      "  S:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      <<: *base\n";
    expect(settingsIn(text).map((one) => one.replace(/:.*/, ""))).toEqual([
      "R.KmsKeyId rejected @2",
      "S.KmsKeyId rejected @9",
    ]);
  });

  it("may have members with the names of JavaScript's built-in members", () => {
    const text = "Resources:\n  __proto__: {Type: AWS::SageMaker::NotebookInstance, Properties: {constructor: {}}}\n";
    expect(settingsIn(text)).toEqual([expect.stringContaining("__proto__.KmsKeyId missing")]);
  });
});
