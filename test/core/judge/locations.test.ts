import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import type { Answer } from "../../../lib/core/model/look-up.ts";
import type { Judgement } from "../../../lib/core/model/types.ts";
import { answersOf, callOf, KEY, policyOf } from "../../support/build.ts";

const keyed: Answer = { is: "bucket", algorithm: "aws:kms", key: KEY };
const scratch: Answer = { is: "bucket", algorithm: "AES256" };

/** Judges until no look-up is left; `domain`: DescribeDomain's answer. */
function judged(operation: string, request: JsonObject, domain?: JsonObject, policy = policyOf()): Judgement {
  const call = callOf(operation, request);
  let answers = new Map<string, Answer>();
  for (let round = 0; ; round++) {
    const judgement = judge(call, policy, answers);
    if (judgement.lookUps.length === 0 || round === 5) return judgement;
    const more = judgement.lookUps.map((lookUp) => {
      if (lookUp.ask === "bucket") return [lookUp, lookUp.bucket === "keyed" ? keyed : scratch] as const;
      const unknown: Answer = { is: "unknown", reason: { code: "gone" } };
      return [lookUp, domain ? { is: "described" as const, output: domain } : unknown] as const;
    });
    answers = new Map([...answers, ...answersOf(...more)]);
  }
}

const bucketOf = ({ settings }: Judgement) => settings.find(({ protects }) => protects === "unkeyed-output");

const OutputDataConfig = { S3OutputPath: "s3://b/o", KmsKeyId: KEY };
const ResourceConfig = { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY };

describe("a profiler's bucket", () => {
  const profiling = (DisableProfiler: unknown) => ({ S3OutputPath: "s3://scratch/p", DisableProfiler }) as JsonObject;
  it.each([
    [true, "not-applicable"],
    ["true", "not-applicable"],
    [false, "missing"],
    [null, "missing"],
  ])("with DisableProfiler %j is %s", (disabled, is) => {
    const request = { OutputDataConfig, ResourceConfig, ProfilerConfig: profiling(disabled) };
    expect(bucketOf(judged("CreateTrainingJob", request))).toMatchObject({ path: "ProfilerConfig.S3OutputPath", is });
    const update = { TrainingJobName: "j", ProfilerConfig: profiling(disabled) };
    expect(bucketOf(judged("UpdateTrainingJob", update))?.is).toBe(is);
  });

  it("is judged for the profiler's rules too", () => {
    const ProfilerRuleConfigurations = [{ RuleConfigurationName: "r", S3OutputPath: "s3://scratch/r" }];
    const request = { OutputDataConfig, ResourceConfig, ProfilerRuleConfigurations };
    expect(bucketOf(judged("CreateTrainingJob", request))?.is).toBe("missing");
    const off = { ...request, ProfilerConfig: { DisableProfiler: true } };
    expect(bucketOf(judged("CreateTrainingJob", off))?.is).toBe("not-applicable");
  });

  it("is not judged if an update does not name one", () => {
    const request = { TrainingJobName: "j", ResourceConfig: { KeepAlivePeriodInSeconds: 0 } };
    expect(judged("UpdateTrainingJob", request)).toMatchObject({ verdict: "ignored", resource: null });
  });
});

describe("a space's own file systems", () => {
  const space = (bucket: string): JsonObject => ({
    DomainId: "d-1",
    SpaceName: "lab",
    SpaceSettings: { CustomFileSystems: [{ S3FileSystem: { S3Uri: `s3://${bucket}/shared` } }] },
  });
  const path = "SpaceSettings.CustomFileSystems[0].S3FileSystem.S3Uri";

  it.each([
    ["CreateSpace", "scratch", { KmsKeyId: KEY }, "non-compliant", "missing"],
    ["CreateSpace", "keyed", { KmsKeyId: KEY }, "compliant", "accepted"],
    ["CreateSpace", "keyed", {}, "non-compliant", "accepted"],
    ["CreateSpace", "scratch", undefined, "non-compliant", "missing"],
    ["CreateSpace", "keyed", undefined, "undetermined", "accepted"],
    ["UpdateSpace", "scratch", undefined, "non-compliant", "missing"],
    ["UpdateSpace", "keyed", undefined, "compliant", "accepted"],
  ])("%s on %s in a domain with %j is %s", (operation, bucket, domain, verdict, is) => {
    const judgement = judged(operation, space(bucket), domain);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.settings).toContainEqual(expect.objectContaining({ path, is }));
  });
});

describe("the bucket of a joined location", () => {
  const join = (on: unknown, ...values: unknown[]) => ({ "Std:Join": { On: on, Values: values } });
  const OPEN = { Get: "Execution.PipelineExecutionId" };
  const checkpointsAt = (S3Uri: unknown) =>
    judged("CreatePipeline", {
      PipelineName: "p",
      PipelineDefinition: JSON.stringify({
        Parameters: [{ Name: "Bucket", DefaultValue: "scratch" }],
        Steps: [
          {
            Name: "Train",
            Type: "Training",
            Arguments: { OutputDataConfig, ResourceConfig, CheckpointConfig: { S3Uri } },
          },
        ],
      }),
    });

  it.each([
    [join("/", "s3://keyed", "a", OPEN), "accepted"],
    [join("/", "s3://scratch", OPEN), "missing"],
    [join("/", "s3://scratch/a", OPEN, "b"), "missing"],
    [join("", "s3://scratch/", OPEN), "missing"],
    [join("/", join("", "s3://", "scratch", "/a-", OPEN), "b"), "missing"],
    [join("/", "s3:/", { Get: "Parameters.Bucket" }, OPEN), "missing"],
    [join("", "s3://scratch", OPEN), "undetermined"],
    [join("-", "s3://scratch", OPEN), "undetermined"],
    [join(OPEN, "s3://scratch", "a"), "undetermined"],
    [join("/", OPEN, "a"), "undetermined"],
    [join("", "s3://", OPEN, "/a"), "undetermined"],
  ])("%j is %s", (uri, is) => {
    expect(bucketOf(checkpointsAt(uri))?.is).toBe(is);
  });

  it("does not make the key known", () => {
    const Arguments = { OutputDataConfig: { KmsKeyId: join("", "alias/ml-", OPEN) }, ResourceConfig };
    const PipelineDefinition = JSON.stringify({ Steps: [{ Name: "T", Type: "Training", Arguments }] });
    const { settings } = judged("CreatePipeline", { PipelineName: "p", PipelineDefinition });
    expect(settings[0]).toMatchObject({ is: "undetermined", reason: { code: "depends-on" } });
  });

  it("leaves an absent key undetermined if the bucket's default could replace it and is not known", () => {
    const policy = policyOf({ buckets: { "default-for-missing-key": true } });
    const open = { S3OutputPath: join("", "s3://", OPEN) };
    const Arguments = { OutputDataConfig: open, ResourceConfig };
    const PipelineDefinition = JSON.stringify({ Steps: [{ Name: "T", Type: "Training", Arguments }] });
    const { settings } = judged("CreatePipeline", { PipelineName: "p", PipelineDefinition }, undefined, policy);
    expect(settings[0]).toMatchObject({ is: "undetermined", reason: { code: "bucket-for-missing-key" } });
  });
});

describe("an AutoML step", () => {
  const verdictOf = (Arguments: object) => {
    const PipelineDefinition = JSON.stringify({ Steps: [{ Name: "A", Type: "AutoML", Arguments }] });
    return judged("CreatePipeline", { PipelineName: "p", PipelineDefinition });
  };
  it("takes the arguments of CreateAutoMLJob", () => {
    const volume = "Steps[A].Arguments.AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId";
    const with1 = { OutputDataConfig, AutoMLJobConfig: { SecurityConfig: { VolumeKmsKeyId: KEY } } };
    expect(verdictOf(with1)).toMatchObject({ verdict: "compliant" });
    expect(verdictOf({ OutputDataConfig, SecurityConfig: { VolumeKmsKeyId: KEY } }).settings).toContainEqual(
      expect.objectContaining({ path: volume, is: "missing" }),
    );
  });
});

describe("what AWS's own hub offers", () => {
  const policy = policyOf({ buckets: { input: true } });
  const hubOf = (account: string) => ({
    HubContentArn: `arn:aws:sagemaker:us-east-1:${account}:hub-content/SageMakerPublicHub/Model/llama/4.2.0`,
  });
  const container = (bucket: string, HubAccessConfig?: JsonObject): JsonObject => ({
    ModelDataSource: {
      S3DataSource: {
        S3Uri: `s3://${bucket}/m`,
        ManifestS3Uri: `s3://${bucket}/l`,
        ...(HubAccessConfig && { HubAccessConfig }),
      },
    },
  });
  const said = (operation: string, request: JsonObject) =>
    judged(operation, request, undefined, policy)
      .settings.filter(({ protects }) => protects === "input-bucket")
      .map(({ path, is, reason }) => `${path.replace(/\.S3DataSource\./, "…")} ${is} ${reason?.code}`);

  it("lies in AWS's bucket, which is not looked up", () => {
    const request = { PrimaryContainer: container("jumpstart-cache", hubOf("aws")) };
    expect(said("CreateModel", request)).toEqual([
      "PrimaryContainer.ModelDataSource…S3Uri not-applicable defined-by-aws",
      "PrimaryContainer.ModelDataSource…ManifestS3Uri not-applicable defined-by-aws",
    ]);
    expect(judge(callOf("CreateModel", request), policy, new Map()).lookUps).toEqual([]);
  });

  it("is known for each element apart, and in both spellings", () => {
    const lowered = {
      modelDataSource: {
        s3DataSource: { s3Uri: "s3://b/m", hubAccessConfig: { hubContentArn: hubOf("aws").HubContentArn } },
      },
    };
    const Containers = [
      container("keyed"),
      container("b", hubOf("aws")),
      container("plain", hubOf("111122223333")),
      lowered,
    ];
    expect(said("CreateModel", { Containers }).filter((line) => !line.includes("Manifest"))).toEqual([
      "Containers[0].ModelDataSource…S3Uri accepted bucket-default",
      "Containers[1].ModelDataSource…S3Uri not-applicable defined-by-aws",
      "Containers[2].ModelDataSource…S3Uri missing bucket-under-s3-keys",
      "Containers[3].ModelDataSource…S3Uri not-applicable defined-by-aws",
    ]);
  });

  it.each([[[hubOf("aws")]], [7], ["aws"], [{ HubContentArn: [hubOf("aws").HubContentArn] }], [{ HubContentArn: 1 }]])(
    "is not believed of %j",
    (HubAccessConfig) => {
      const S3DataSource = { S3Uri: "s3://plain/m", HubAccessConfig } as JsonObject;
      expect(said("CreateModel", { PrimaryContainer: { ModelDataSource: { S3DataSource } } })).toEqual([
        "PrimaryContainer.ModelDataSource…S3Uri missing bucket-under-s3-keys",
      ]);
    },
  );

  it("says nothing of what is written", () => {
    const request = {
      OutputDataConfig,
      ResourceConfig,
      CheckpointConfig: { S3Uri: "s3://plain/c", HubAccessConfig: hubOf("aws") },
    };
    expect(bucketOf(judged("CreateTrainingJob", request))?.is).toBe("missing");
  });
});
