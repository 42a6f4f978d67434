import { describe, expect, it } from "vitest";
import { sdkConfigText } from "../../../lib/defaults/sdk-config.ts";
import { KEY, policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: [KEY] } });
const STRICT = policyOf({ keys: { accept: "listed", allow: [KEY] }, require: { "in-transit": true } });

const file = (sections: string) => `SchemaVersion: '1.0'\nSageMaker:\n${sections.replace(/^/gm, "  ")}\n`;

/** Each resource as its place and its verdict, then each finding as `path attribute is @line:column`. */
const findingsIn = (content: string, policy = POLICY): string[] =>
  resourcesIn(content, { file: "conf/config.yaml", policy }).flatMap(({ subject, verdict, settings }) => [
    `${subject.place}: ${verdict}`,
    ...settings
      .filter(({ is }) => is !== "accepted" && is !== "not-applicable")
      .map(({ path, attribute, is, line, column }) => `${path} ${attribute} ${is} @${line}:${column}`),
  ]);

describe("a config.yaml of the SageMaker Python SDK", () => {
  it.each(["v2", "v3"] as const)("is compliant as keyward defaults prints it, %s", (version) => {
    const found = findingsIn(sdkConfigText(KEY, version, STRICT), STRICT);
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((one) => !one.endsWith(": compliant"))).toEqual([]);
  });

  it("gets a finding for a wrong key and for an absent one, at their place", () => {
    expect(findingsIn(file("TrainingJob:\n  ResourceConfig:\n    VolumeKmsKeyId: alias/aws/ebs"))).toEqual([
      "config.yaml SageMaker.TrainingJob: non-compliant",
      "OutputDataConfig.KmsKeyId SageMaker.TrainingJob.OutputDataConfig.KmsKeyId missing @3:3",
      "ResourceConfig.VolumeKmsKeyId SageMaker.TrainingJob.ResourceConfig.VolumeKmsKeyId rejected @5:7",
    ]);
  });

  it.each([
    [
      "a module's own members",
      "PythonSDK:\n  Modules:\n    NotebookJob:\n      S3KmsKeyId: KEY",
      [
        "config.yaml SageMaker.PythonSDK.Modules.NotebookJob: non-compliant",
        "ResourceConfig.VolumeKmsKeyId SageMaker.PythonSDK.Modules.NotebookJob.VolumeKmsKeyId missing @5:7",
      ],
    ],
    [
      "an element of a list",
      "ModelPackage:\n  ValidationSpecification:\n    ValidationProfiles:\n      - TransformJobDefinition: {TransformOutput: {KmsKeyId: KEY}}",
      [
        "config.yaml SageMaker.ModelPackage: non-compliant",
        "ValidationSpecification.ValidationProfiles[0].TransformJobDefinition.TransformResources.VolumeKmsKeyId SageMaker.ModelPackage.ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformResources.VolumeKmsKeyId missing @6:11",
      ],
    ],
    [
      "no online store, because a default would turn it on",
      "FeatureGroup: {OfflineStoreConfig: {S3StorageConfig: {KmsKeyId: KEY}}}",
      ["config.yaml SageMaker.FeatureGroup: compliant"],
    ],
    [
      "an online store that the file turns on",
      "FeatureGroup: {OfflineStoreConfig: {S3StorageConfig: {KmsKeyId: KEY}}, OnlineStoreConfig: {SecurityConfig: {KmsKeyId: alias/aws/s3}}}",
      [
        "config.yaml SageMaker.FeatureGroup: non-compliant",
        "OnlineStoreConfig.SecurityConfig.KmsKeyId SageMaker.FeatureGroup.OnlineStoreConfig.SecurityConfig.KmsKeyId rejected @3:183",
      ],
    ],
    [
      "AutoML's section for the volume of AutoMLV2, as the SDK does",
      "AutoMLJobV2: {OutputDataConfig: {KmsKeyId: KEY}, SecurityConfig: {VolumeKmsKeyId: KEY}}",
      [
        "config.yaml SageMaker.AutoMLJobV2: non-compliant",
        "SecurityConfig.VolumeKmsKeyId SageMaker.AutoMLJob.AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId missing @2:1",
      ],
    ],
  ])("is judged by %s", (_, sections, expected) => {
    expect(findingsIn(file(sections.replaceAll("KEY", KEY)))).toEqual(expected);
  });

  it.each(["TrainingJob: text", "TrainingJob: []", "TrainingJob: {ResourceConfig: 7}"])(
    "%s gives no key",
    (sections) => {
      expect(findingsIn(file(sections))[0]).toBe("config.yaml SageMaker.TrainingJob: non-compliant");
    },
  );

  it("says what it leaves to others", () => {
    const result = checkText(file(`ProcessingJob: {ProcessingOutputConfig: {KmsKeyId: "${KEY}"}}`), { policy: POLICY });
    const uncovered = result.is === "judged" ? (result.uncovered ?? []) : [];
    expect(uncovered.find(({ operation }) => operation === "CreateLabelingJob")?.isWhole).toBe(true);
    const processing = uncovered.find(({ operation }) => operation === "CreateProcessingJob");
    expect(processing?.isWhole).toBe(false);
    expect(processing?.paths).not.toContain("ProcessingOutputConfig.KmsKeyId");
  });

  it("is an error if it sets nothing that takes a key, and no other YAML is taken for it", () => {
    expect(checkText(file("Pipeline: {Tags: []}"))).toMatchObject({ is: "fault" });
    expect(checkText("SchemaVersion: '1.0'\nOther: {}\n", { inFolder: true })).toMatchObject({ is: "skipped" });
    expect(checkText("SchemaVersion: [\nSageMaker: {}\n", { inFolder: true })).toMatchObject({ is: "fault" });
  });
});
