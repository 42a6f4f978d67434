import { describe, expect, it } from "vitest";
import { keyMemberCount } from "../../lib/catalogue/operations.ts";
import { coverageOf } from "../../lib/prevent/coverage.ts";
import { publicCoverage } from "../../lib/prevent/words.ts";
import { exemption, KEY, policies, policyWith, TODAY } from "./policies.ts";

const rowOf = (policy: Parameters<typeof coverageOf>[0], member: string) => {
  const row = coverageOf(policy, TODAY).find(({ operation, path }) => `${operation} ${path}` === member);
  if (!row) throw new Error(`${member} has no row`);
  return row;
};
const VOLUME = "CreateTrainingJob ResourceConfig.VolumeKmsKeyId";
const SHARING = "UpdateDomain DefaultUserSettings.SharingSettings.S3KmsKeyId";

describe("the coverage", () => {
  it.each(Object.entries(policies))(
    "for the policy %s has a row for each key member, with a reason",
    (_name, policy) => {
      const rows = coverageOf(policy, TODAY).map(publicCoverage);
      expect(rows).toHaveLength(keyMemberCount());
      for (const row of rows) expect(row.because).toMatch(/^[A-Z].*\.$/);
    },
  );

  const listed = policyWith({ keys: { accept: "listed", allow: [KEY] } });
  const any = policyWith({ keys: { accept: "any" } });
  it.each([
    [listed, VOLUME, "yes"],
    [listed, "CreateProcessingJob ProcessingOutputConfig.KmsKeyId", "partly"],
    [listed, "CreateLabelingJob LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId", "partly"],
    [listed, SHARING, "partly"],
    [any, SHARING, "no"],
    [any, VOLUME, "yes"],
    [listed, "CreateHyperParameterTuningJob TrainingJobDefinitions[].ResourceConfig.VolumeKmsKeyId", "partly"],
    [listed, "CreateEndpointConfig DataCaptureConfig.KmsKeyId", "no"],
    [listed, "CreateModelCard SecurityConfig.KmsKeyId", "no"],
    [policyWith({ keys: { accept: "listed", allow: ["alias/ml"] } }), VOLUME, "partly"],
    [policyWith({ require: { volume: false } }), VOLUME, "no"],
    [policyWith({ exemptions: [exemption({ principal: "*" })] }), VOLUME, "no"],
    [
      policyWith({ buckets: { "default-for-missing-key": true } }),
      "CreateTrainingJob OutputDataConfig.KmsKeyId",
      "partly",
    ],
    [policyWith({ require: { "home-efs": false } }), "CreateDomain KmsKeyId", "partly"],
  ] as const)("%# %s is %s", (policy, member, prevented) => {
    expect(rowOf(policy, member).prevented).toBe(prevented);
  });

  it("says that an AWS managed key passes, where the policy rejects those", () => {
    expect(publicCoverage(rowOf(policyWith({}), VOLUME)).because).toContain("An AWS managed or unusable key");
    expect(publicCoverage(rowOf(any, VOLUME)).because).toBe("A call without the key is denied.");
  });
});
