import { describe, expect, it } from "vitest";
import { followedOperations, keylessOperations, operations } from "../../lib/catalogue/operations.ts";
import type { Operation } from "../../lib/catalogue/vocabulary.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";
import { arnOf, embeddedState, mailsOf, recordOf } from "../support/world.ts";
import { FIRST } from "./job.ts";

/** The resource that a call refers to, with or without its key, and the call itself. */
interface Case {
  readonly request: JsonObject;
  readonly response?: JsonObject;
  readonly followed: readonly string[];
  /** The path of the finding without the key. */
  readonly path: string;
  make(aws: EmbeddedAws, key: string | undefined): void;
}

const keyIn = (name: string, key: string | undefined): JsonObject => (key === undefined ? {} : { [name]: key });
const add = (aws: EmbeddedAws, kind: string, id: Record<string, string>, body: JsonObject, status?: string) =>
  aws.sagemaker.add({
    kind,
    arn: arnOf(kind, Object.values(id).at(-1) ?? ""),
    id,
    body,
    ...(status ? { status } : {}),
  });

const config = (aws: EmbeddedAws, key: string | undefined) =>
  add(
    aws,
    "endpoint-config",
    { EndpointConfigName: "churn-2" },
    {
      ProductionVariants: [{ VariantName: "a", InstanceType: "ml.m5.large" }],
      ...keyIn("KmsKeyId", key),
    },
  );
const domain = (aws: EmbeddedAws, key: string | undefined) =>
  add(aws, "domain", { DomainId: "d-1" }, keyIn("KmsKeyId", key));
const definition = (type: string, kind: string) => (aws: EmbeddedAws, key: string | undefined) =>
  add(
    aws,
    kind,
    { JobDefinitionName: "watch" },
    {
      [`${type}JobOutputConfig`]: { MonitoringOutputs: [], ...keyIn("KmsKeyId", key) },
      JobResources: { ClusterConfig: { InstanceType: "ml.m5.large", ...keyIn("VolumeKmsKeyId", KEY) } },
    },
  );
const named = (type: string) => ({ MonitoringJobDefinitionName: "watch", MonitoringType: type });
const notebook = (aws: EmbeddedAws, key: string | undefined) =>
  add(
    aws,
    "notebook-instance",
    { NotebookInstanceName: "nb" },
    { InstanceType: "ml.t3.large", ...keyIn("KmsKeyId", key) },
    "InService",
  );
const train = (key: string | undefined) => ({
  Version: "2020-12-01",
  Parameters: [],
  Steps: [
    {
      Name: "Train",
      Type: "Training",
      Arguments: {
        OutputDataConfig: { S3OutputPath: "s3://b/out", KmsKeyId: KEY },
        ResourceConfig: { InstanceType: "ml.m5.large", ...keyIn("VolumeKmsKeyId", key) },
      },
    },
  ],
});
const pipeline = (aws: EmbeddedAws, key: string | undefined) =>
  add(aws, "pipeline", { PipelineName: "p" }, { PipelineDefinition: JSON.stringify(train(key)) });
const EXECUTION = arnOf("pipeline", "p/execution/1");
const execution = (aws: EmbeddedAws, key: string | undefined) => {
  pipeline(aws, key);
  aws.sagemaker.add({
    kind: "pipeline-execution",
    arn: EXECUTION,
    id: { PipelineExecutionArn: EXECUTION },
    body: { PipelineName: "p" },
    status: "Executing",
  });
};
const schedule = (type: string, kind: string): Case => ({
  request: { MonitoringScheduleName: "hourly", MonitoringScheduleConfig: named(type) },
  response: { MonitoringScheduleArn: arnOf("monitoring-schedule", "hourly") },
  followed: [`Describe${type}JobDefinition watch`],
  path: `${type}JobOutputConfig.KmsKeyId`,
  make: definition(type, kind),
});
const ofEndpoint: Case = {
  request: { EndpointName: "serve", EndpointConfigName: "churn-2" },
  response: { EndpointArn: arnOf("endpoint", "serve") },
  followed: ["DescribeEndpointConfig churn-2"],
  path: "KmsKeyId",
  make: config,
};
const inDomain = (more: JsonObject, response: JsonObject): Case => ({
  request: { DomainId: "d-1", ...more },
  response,
  followed: ["DescribeDomain d-1"],
  path: "KmsKeyId",
  make: domain,
});
const STEP = "Steps[Train].Arguments.ResourceConfig.VolumeKmsKeyId";
const ofExecution: Case = {
  request: { PipelineExecutionArn: EXECUTION, PipelineName: "p" },
  response: { PipelineExecutionArn: EXECUTION },
  followed: ["DescribePipelineDefinitionForExecution p/execution/1"],
  path: STEP,
  make: execution,
};

const cases: Readonly<Record<string, Case>> = {
  CreateApp: inDomain(
    { UserProfileName: "ana", AppType: "JupyterLab", AppName: "default" },
    { AppArn: arnOf("app", "d-1/ana/jupyterlab/default") },
  ),
  CreateEndpoint: ofEndpoint,
  CreateInferenceComponent: {
    request: { InferenceComponentName: "llm", EndpointName: "serve", VariantName: "a" },
    response: { InferenceComponentArn: arnOf("inference-component", "llm") },
    followed: ["DescribeEndpoint serve", "DescribeEndpointConfig churn-2"],
    path: "KmsKeyId",
    make(aws, key) {
      config(aws, key);
      add(aws, "endpoint", { EndpointName: "serve" }, { EndpointConfigName: "churn-2" }, "InService");
    },
  },
  "CreateMonitoringSchedule DataQuality": schedule("DataQuality", "data-quality-job-definition"),
  "CreateMonitoringSchedule ModelBias": schedule("ModelBias", "model-bias-job-definition"),
  "CreateMonitoringSchedule ModelExplainability": schedule(
    "ModelExplainability",
    "model-explainability-job-definition",
  ),
  "CreateMonitoringSchedule ModelQuality": schedule("ModelQuality", "model-quality-job-definition"),
  CreateSpace: inDomain({ SpaceName: "lab" }, { SpaceArn: arnOf("space", "d-1/lab") }),
  RetryPipelineExecution: ofExecution,
  StartInferenceExperiment: {
    request: { Name: "ab" },
    response: { InferenceExperimentArn: arnOf("inference-experiment", "ab") },
    followed: ["DescribeInferenceExperiment ab"],
    path: "KmsKey",
    make: (aws, key) =>
      add(aws, "inference-experiment", { Name: "ab" }, { ModelVariants: [], ...keyIn("KmsKey", key) }, "Running"),
  },
  StartMlflowTrackingServer: {
    request: { TrackingServerName: "runs" },
    followed: ["DescribeMlflowTrackingServer runs"],
    path: "ArtifactStoreUri",
    make(aws, key) {
      aws.buckets.set("runs", {
        encryption: key ? { algorithm: "aws:kms", key } : { algorithm: "AES256" },
        objects: new Map(),
      });
      add(aws, "mlflow-tracking-server", { TrackingServerName: "runs" }, { ArtifactStoreUri: "s3://runs/mlflow" });
    },
  },
  StartMonitoringSchedule: {
    request: { MonitoringScheduleName: "hourly" },
    followed: ["DescribeMonitoringSchedule hourly", "DescribeModelBiasJobDefinition watch"],
    path: "ModelBiasJobOutputConfig.KmsKeyId",
    make(aws, key) {
      definition("ModelBias", "model-bias-job-definition")(aws, key);
      add(
        aws,
        "monitoring-schedule",
        { MonitoringScheduleName: "hourly" },
        { MonitoringScheduleConfig: named("ModelBias") },
        "Scheduled",
      );
    },
  },
  StartNotebookInstance: {
    request: { NotebookInstanceName: "nb" },
    followed: ["DescribeNotebookInstance nb"],
    path: "KmsKeyId",
    make: notebook,
  },
  StartPipelineExecution: ofExecution,
  UpdateEndpoint: ofEndpoint,
  "UpdateMonitoringSchedule ModelBias": schedule("ModelBias", "model-bias-job-definition"),
  UpdateNotebookInstance: {
    request: { NotebookInstanceName: "nb", InstanceType: "ml.t3.medium" },
    followed: ["DescribeNotebookInstance nb"],
    path: "KmsKeyId",
    make: notebook,
  },
};

const table = Object.entries(cases).map(([name, one]) => ({ name, operation: name.split(" ")[0] ?? "", ...one }));
const stopping = policyOf();
const LAST = { ...FIRST, receives: 5 };

describe("every reference", () => {
  it("is in this table", () => {
    const rows: readonly Operation[] = [...operations, ...keylessOperations];
    const referring = rows.flatMap(({ operation, refersTo }) => (refersTo ? [operation] : []));
    const wanted = [...referring, ...followedOperations.map(({ operation }) => operation)];
    expect([...new Set(table.map(({ operation }) => operation))].sort()).toEqual(wanted.sort());
  });

  it.each(table)(
    "$name: is compliant with an accepted key",
    async ({ operation, request, response, followed, make }) => {
      const { aws, ports } = await embeddedState(stopping);
      make(aws, KEY);
      const { decision, next } = await respond(recordOf(callOf(operation, request, response)), ports, FIRST);
      expect({ ...decision, next }).toMatchObject({ verdict: "compliant", followed, actions: [], next: "done" });
    },
  );

  it.each(table)(
    "$name: is non-compliant if the resource has no key",
    async ({ operation, request, response, followed, path, make }) => {
      const { aws, ports } = await embeddedState(stopping);
      make(aws, undefined);
      const { decision } = await respond(recordOf(callOf(operation, request, response)), ports, FIRST);
      expect(decision).toMatchObject({ verdict: "non-compliant", followed });
      expect(decision.settings.filter(({ is }) => is === "missing")).toMatchObject([{ path }]);
      expect(mailsOf(aws)[0]?.messages.email).toContain(`Seen   ${followed.join(", then ")}`);
    },
  );

  it.each(table)(
    "$name: is deferred and then undetermined, and never stopped, if the resource is missing",
    async ({ operation, request, response }) => {
      const { aws, ports } = await embeddedState(stopping);
      const event = recordOf(callOf(operation, request, response));
      expect(await respond(event, { ...ports, wait: async () => {} }, FIRST)).toMatchObject({
        decision: { verdict: "undetermined", actions: [] },
        next: "retry",
      });
      const { decision } = await respond(event, { ...ports, wait: async () => {} }, LAST);
      expect(decision.verdict).toBe("undetermined");
      expect(JSON.stringify(decision.reason ?? decision.settings[0]?.reason)).toMatch(/not found|RecordNotFound/);
      expect(decision.actions.map((action) => action.do)).not.toContain("stop");
      expect(mailsOf(aws)).toHaveLength(1);
    },
  );

  it.each(table)(
    "$name: is judged at once if the resource is found a moment later",
    async ({ operation, request, response, path, make }) => {
      const { aws, ports } = await embeddedState(stopping);
      let waits = 0;
      const wait = async () => {
        if (++waits === 1) make(aws, undefined);
      };
      const { decision } = await respond(recordOf(callOf(operation, request, response)), { ...ports, wait }, FIRST);
      expect(decision.verdict).toBe("non-compliant");
      expect(decision.settings.some((setting) => setting.path === path && setting.is === "missing")).toBe(true);
    },
  );

  it.each(table)("$name: is judged at a later delivery", async ({ operation, request, response, make }) => {
    const { aws, ports } = await embeddedState(stopping);
    const event = recordOf(callOf(operation, request, response));
    const patient = { ...ports, wait: async () => {} };
    expect((await respond(event, patient, FIRST)).next).toBe("retry");
    make(aws, KEY);
    expect(await respond(event, patient, { ...FIRST, receives: 2 })).toMatchObject({
      decision: { verdict: "compliant" },
      next: "done",
    });
  });
});
