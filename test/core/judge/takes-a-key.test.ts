import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { answersOf, callOf, KEY, policyOf, verdictOf } from "../../support/build.ts";

/** Whether SageMaker accepts a key at all depends on a cluster's mode and on an endpoint's variants. */

const storage = (key?: string): JsonObject => ({
  InstanceStorageConfigs: [{ EbsVolumeConfig: { RootVolume: true, ...(key ? { VolumeKmsKeyId: key } : {}) } }],
});
const CONTINUOUS = { NodeProvisioningMode: "Continuous" };
const AWS_EBS = "alias/aws/ebs";
const own = policyOf({ keys: { accept: "customer-managed", allow: [KEY] } });

const clusters: [string, JsonObject, string, string, string][] = [
  ["continuous, no storage", { ...CONTINUOUS, InstanceGroups: [{}] }, "non-compliant", "missing", "no-key"],
  ["continuous, no key", { ...CONTINUOUS, InstanceGroups: [storage()] }, "non-compliant", "missing", "no-key"],
  ["continuous, with a key", { ...CONTINUOUS, InstanceGroups: [storage(KEY)] }, "compliant", "accepted", "key-allowed"],
  ["no mode, no storage", { InstanceGroups: [{}] }, "compliant", "not-applicable", "cluster-not-continuous"],
  ["no mode, no key", { InstanceGroups: [storage()] }, "compliant", "not-applicable", "cluster-not-continuous"],
  [
    "another key is still a finding",
    { InstanceGroups: [storage(AWS_EBS)] },
    "non-compliant",
    "rejected",
    "aws-managed",
  ],
  [
    "restricted, no key",
    { ...CONTINUOUS, RestrictedInstanceGroups: [storage()] },
    "compliant",
    "not-applicable",
    "restricted-instance-group",
  ],
  [
    "restricted, no storage",
    { ...CONTINUOUS, RestrictedInstanceGroups: [{}] },
    "compliant",
    "not-applicable",
    "restricted-instance-group",
  ],
];

describe("a HyperPod cluster", () => {
  it.each(clusters)("is judged: %s", (_what, request, verdict, is, code) => {
    const judged = verdictOf("CreateCluster", request, own);
    expect(judged.verdict).toBe(verdict);
    expect(judged.settings.map((one) => `${one.is} ${one.reason?.code}`)).toContain(`${is} ${code}`);
  });

  it.each([
    [{}, "compliant"],
    [CONTINUOUS, "non-compliant"],
  ])("has its mode in Describe's answer when it is updated: %j is %s", (mode, verdict) => {
    const update = callOf("UpdateCluster", { ClusterName: "c", InstanceGroups: [{}] });
    const [lookUp] = judge(update, own, new Map()).lookUps;
    if (!lookUp) throw new Error("nothing is asked");
    const output = { ...mode, InstanceGroups: [{}] };
    expect(judge(update, own, answersOf([lookUp, { is: "described", output }])).verdict).toBe(verdict);
  });

  it("is not looked up if an update changes no instance group", () => {
    const judged = verdictOf("UpdateCluster", { ClusterName: "c", NodeRecovery: "None" }, own);
    expect(judged).toMatchObject({ verdict: "compliant", lookUps: [] });
  });

  it("is undetermined if a volume is attached, because only EC2 knows the volume's key", () => {
    const judged = verdictOf("AttachClusterNodeVolume", { ClusterArn: "c", NodeId: "i-0", VolumeId: "vol-0" });
    const reason = { code: "held-by-service", path: "VolumeId", service: "EC2" };
    expect(judged).toMatchObject({ verdict: "undetermined", lookUps: [] });
    expect(judged.settings).toMatchObject([{ path: "VolumeId", is: "undetermined", reason }]);
  });
});

describe("a serverless endpoint's configuration", () => {
  const all = { ProductionVariants: [{ ServerlessConfig: { MaxConcurrency: 1 } }] };
  it.each([
    ["not-required", all, "not-applicable"],
    ["not-required", { ...all, KmsKeyId: KEY }, "accepted"],
    ["not-required", { ...all, KmsKeyId: "alias/aws/sagemaker" }, "rejected"],
    ["required", all, "missing"],
    ["required", { ...all, KmsKeyId: KEY }, "accepted"],
  ])("under the policy %s, %j: the key is %s", (required, request, is) => {
    const keys = { accept: "customer-managed", allow: [KEY] };
    const policy = policyOf({ keys, endpoints: { "on-serverless": required } });
    expect(verdictOf("CreateEndpointConfig", request, policy).settings[0]).toMatchObject({ path: "KmsKeyId", is });
  });
});

describe("a resource that AWS itself defines", () => {
  const managed = "arn:aws:sagemaker:us-east-1:aws:pipeline/model-customization";
  it.each([
    ["StartPipelineExecution", { PipelineName: managed }, {}],
    ["StartPipelineExecution", { PipelineName: "p" }, { pipelineExecutionArn: `${managed}/execution/a` }],
    ["RetryPipelineExecution", { PipelineExecutionArn: `${managed}/execution/a` }, {}],
    ["UpdatePipeline", { PipelineName: managed }, {}],
    ["StartPipelineExecution", { pipelineName: managed }, {}],
    ["StartPipelineExecution", { PipelineName: managed.replace("arn:aws:", "arn:aws-us-gov:") }, {}],
  ] as [string, JsonObject, JsonObject][])("is not judged: %s %j", (operation, request, response) => {
    const judged = judge(callOf(operation, request, response), own, new Map());
    expect(judged).toMatchObject({ verdict: "ignored", reason: { code: "defined-by-aws" }, lookUps: [] });
  });

  it.each([
    ["CreateEndpoint", { EndpointConfigName: "arn:aws:sagemaker:us-east-1:aws:endpoint-config/c" }],
    ["CreateApp", { DomainId: "arn:aws:sagemaker:us-east-1:aws:domain/d" }],
    ["CreateInferenceComponent", { EndpointName: "arn:aws:sagemaker:us-east-1:aws:endpoint/e" }],
  ] as [string, JsonObject][])("is not looked up in the caller's account: %s %j", (operation, request) => {
    const judged = judge(callOf(operation, request), own, new Map());
    expect(judged).toMatchObject({
      verdict: "undetermined",
      reason: { code: "reference-unanswered", answer: { code: "defined-by-aws" } },
      lookUps: [],
    });
  });
});
