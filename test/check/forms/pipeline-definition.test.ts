// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import { policyOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });

/** A pipeline with one training step, its keys as given. */
const pipeline = (volume: unknown, output: unknown) => ({
  Version: "2020-12-01",
  Parameters: [{ Name: "Key", Type: "String" }],
  Steps: [
    {
      Name: "Train",
      Type: "Training",
      Arguments: {
        OutputDataConfig: { S3OutputPath: "s3://models", ...(output === undefined ? {} : { KmsKeyId: output }) },
        ResourceConfig: { InstanceType: "ml.m5.xlarge", ...(volume === undefined ? {} : { VolumeKmsKeyId: volume }) },
      },
    },
  ],
});

/** The verdict, then every finding as `path is @line:column`. */
function findingsIn(file: string, content: string | object): string[] {
  const [resource] = resourcesIn(content, { file, policy: POLICY });
  if (!resource) throw new Error("no resource");
  const findings = resource.settings.filter(({ is }) => is !== "not-applicable" && is !== "accepted");
  return [resource.verdict, ...findings.map(({ path, is, line, column }) => `${path} ${is} @${line}:${column}`)];
}

const VOLUME = "Steps[Train].Arguments.ResourceConfig.VolumeKmsKeyId";
const OUTPUT = "Steps[Train].Arguments.OutputDataConfig.KmsKeyId";

describe("a pipeline", () => {
  it.each([
    ["with its keys", pipeline("alias/ml", "alias/ml"), ["compliant"]],
    ["without a volume's key", pipeline(undefined, "alias/ml"), ["non-compliant", `${VOLUME} missing @18:9`]],
    ["without an output's key", pipeline("alias/ml", undefined), ["non-compliant", `${OUTPUT} missing @14:9`]],
    ["with a wrong key", pipeline("alias/aws/s3", "alias/ml"), ["non-compliant", `${VOLUME} rejected @20:11`]],
    [
      "with a parameter as its key",
      pipeline({ Get: "Parameters.Key" }, "alias/ml"),
      ["undetermined", `${VOLUME} undetermined @20:11`],
    ],
  ])("%s is judged, with the position in the definition", (_, content, expected) => {
    expect(findingsIn("churn.json", content)).toEqual(expected);
  });

  it("is judged in a request, with the position of its text", () => {
    const request = { PipelineName: "churn", PipelineDefinition: JSON.stringify(pipeline(undefined, "alias/ml")) };
    expect(findingsIn("create-pipeline.json", request)).toEqual(["non-compliant", `${VOLUME} missing @3:3`]);
  });

  const template = (body: unknown, resources: object = {}) => ({
    Resources: {
      P: {
        Type: "AWS::SageMaker::Pipeline",
        Properties: { PipelineName: "churn", PipelineDefinition: { PipelineDefinitionBody: body } },
      },
      ...resources,
    },
  });
  const Key = { Type: "AWS::KMS::Key" };

  it.each([
    ["as text", JSON.stringify(pipeline(undefined, "alias/ml")), ["non-compliant", `${VOLUME} missing @8:11`]],
    ["with the template's own key", { "Fn::Sub": JSON.stringify(pipeline("${Key.Arn}", "alias/ml")) }, ["compliant"]],
    [
      "with a value that is known after deployment",
      { "Fn::Sub": JSON.stringify(pipeline("arn:aws:kms:${AWS::Region}:1:key/a", "alias/ml")) },
      ["undetermined", `${VOLUME} undetermined @8:11`],
    ],
    ["as a value that is unknown as a whole", { "Fn::If": ["C", "a", "b"] }, ["undetermined"]],
  ])("is judged in a template: %s", (_, body, expected) => {
    expect(findingsIn("t.json", template(body, { Key }))).toEqual(expected);
  });

  it("is undetermined if a template has only its S3 location", () => {
    const location = { PipelineDefinitionS3Location: { Bucket: "b", Key: "k" } };
    const text = template("").Resources.P;
    const Resources = { P: { ...text, Properties: { PipelineName: "churn", PipelineDefinition: location } } };
    expect(findingsIn("t.json", { Resources })[0]).toBe("undetermined");
  });
});
