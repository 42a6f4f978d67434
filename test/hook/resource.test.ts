import { describe, expect, it } from "vitest";
import { ACCOUNT, policyOf } from "../support/build.ts";
import { answerTo, cloudControlEvent, resourceEvent } from "./hook-events.ts";

const NOTEBOOK = "AWS::SageMaker::NotebookInstance";
const TOKEN = { clientRequestToken: "f8da6d11-b23f-48f4-814c-0fb6a667f50e" };

describe("a resource of CloudFormation or Cloud Control API", () => {
  it.each([
    ["CloudFormation", resourceEvent(NOTEBOOK, { InstanceType: "ml.t3.medium" })],
    ["Cloud Control API", cloudControlEvent(NOTEBOOK, { InstanceType: "ml.t3.medium" })],
  ])("fails without its key, and the answer says what to set: %s", async (_, event) => {
    const { answer, logged } = await answerTo(event);
    expect(answer).toEqual({
      hookStatus: "FAILED",
      errorCode: "NonCompliant",
      message:
        "Keyward: 1 setting is not as the policy requires. (1) Target KmsKeyId is missing: no key is given; SageMaker uses a key that it manages itself. Set it to a KMS key that the policy accepts.",
      ...TOKEN,
      annotations: [
        {
          annotationName: "volume",
          status: "FAILED",
          statusMessage: "Target KmsKeyId is missing: no key is given; SageMaker uses a key that it manages itself.",
          remediationMessage: "Set it to a KMS key that the policy accepts.",
        },
      ],
    });
    expect(logged.resources).toEqual([{ at: "Resources.Target", type: NOTEBOOK, verdict: "non-compliant" }]);
  });

  it.each([
    ["with a key that the policy lists", { KmsKeyId: "alias/ml" }, "Keyward: 1 resource is as the policy requires."],
    [
      "with a key that is not known without a look-up",
      { KmsKeyId: "alias/other" },
      "Keyward: no setting fails this operation. 1 note: (1) Target KmsKeyId is undetermined (alias/other): the key's owner would be looked up in the account; keys.allow in the policy can name the key. It is judged again when the call is made.",
    ],
  ])("goes on %s", async (_, properties, message) => {
    const policy = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });
    const { answer } = await answerTo(resourceEvent(NOTEBOOK, properties), { policy });
    expect(answer).toMatchObject({ hookStatus: "SUCCESS", message, ...TOKEN });
    expect(answer).not.toHaveProperty("errorCode");
  });

  it.each([
    ["another service", "AWS::S3::Bucket", { BucketName: "b" }],
    ["a type that takes no key", "AWS::SageMaker::Model", { ExecutionRoleArn: "r" }],
  ])("goes on without a verdict: %s", async (_, type, properties) => {
    const { answer } = await answerTo(resourceEvent(type, properties));
    expect(answer).toEqual({
      hookStatus: "SUCCESS",
      message: "Keyward: no resource that takes a KMS key.",
      ...TOKEN,
    });
  });

  it("is judged by its new properties when it is updated", async () => {
    const update = { actionInvocationPoint: "UPDATE_PRE_PROVISION" };
    const { answer } = await answerTo(resourceEvent(NOTEBOOK, { KmsKeyId: "alias/aws/s3" }, update));
    expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "NonCompliant" });
    expect(answer.message).toContain("Target KmsKeyId is rejected (alias/aws/s3): an AWS managed key, by its name.");
  });

  it("is not judged when it is deleted, whatever else the input has", async () => {
    for (const requestData of [undefined, resourceEvent(NOTEBOOK, null).requestData]) {
      const event = { ...resourceEvent(NOTEBOOK, {}), actionInvocationPoint: "DELETE_PRE_PROVISION", requestData };
      const { answer } = await answerTo(event);
      expect(answer).toEqual({ hookStatus: "SUCCESS", message: "Keyward: a deletion is not judged.", ...TOKEN });
    }
  });

  it("returns the token in the other spelling of the documentation too", async () => {
    const { clientRequestToken, ...event } = resourceEvent(NOTEBOOK, { KmsKeyId: "alias/aws/s3" });
    const { answer } = await answerTo({ ...event, clientRequesttoken: clientRequestToken });
    expect(answer.clientRequestToken).toBe(clientRequestToken);
    expect((await answerTo(event)).answer).not.toHaveProperty("clientRequestToken");
  });

  it("may have a name of JavaScript's built-in members", async () => {
    const event = resourceEvent(NOTEBOOK, {});
    const named = { ...event, requestData: { ...event.requestData, targetLogicalId: "__proto__" } };
    expect((await answerTo(named)).answer.message).toContain("__proto__ KmsKeyId is missing");
  });
});

describe("an input that cannot be judged", () => {
  const event = resourceEvent(NOTEBOOK, {});
  it.each([
    ["nothing", undefined, "the input names no target (requestData.targetName)"],
    ["a text", "event", "the input names no target (requestData.targetName)"],
    ["no target", { ...event, requestData: {} }, "the input names no target (requestData.targetName)"],
    [
      "no properties",
      { ...event, requestData: { ...event.requestData, targetModel: {} } },
      "the input has no properties of the resource (requestData.targetModel.resourceProperties)",
    ],
    [
      "a list of properties",
      resourceEvent(NOTEBOOK, []),
      "the input has no properties of the resource (requestData.targetModel.resourceProperties)",
    ],
    [
      "no address of the template",
      { ...event, requestData: { targetName: "STACK" } },
      "the input has no address of the template (requestData.payload)",
    ],
  ])("is answered with a clear message: %s", async (_, input, reason) => {
    const { answer } = await answerTo(input);
    expect(answer).toMatchObject({
      hookStatus: "FAILED",
      errorCode: "InternalFailure",
      message: `Keyward cannot judge this operation: ${reason}.`,
    });
  });

  it("may be nested as deep as it likes", async () => {
    let properties: object = {};
    for (let i = 0; i < 50_000; i++) properties = { a: properties };
    const { answer } = await answerTo(resourceEvent(NOTEBOOK, { KmsKeyId: properties }));
    expect(answer.message).toBe("Keyward cannot judge this operation: the input is nested too deep.");
  });
});

describe("an exemption", () => {
  const exemption = { reason: "A pilot.", owner: "ml", expires: "2027-01-31" };
  const answerWith = async (match: object, expires = exemption.expires) => {
    const policy = policyOf({ keys: { accept: "customer-managed" }, exemptions: [{ ...exemption, expires, match }] });
    return (await answerTo(resourceEvent(NOTEBOOK, { NotebookInstanceName: "pilot" }), { policy })).answer.hookStatus;
  };

  it.each([
    ["SUCCESS", { kind: "notebook-instance" }],
    ["SUCCESS", { kind: "notebook-instance", account: ACCOUNT }],
    ["SUCCESS", { account: [ACCOUNT, "444455556666"], region: "eu-*" }],
    ["SUCCESS", { name: "pilot", region: "eu-central-1" }],
    ["FAILED", { kind: "notebook-instance", account: "444455556666" }],
    ["FAILED", { kind: "notebook-instance", region: "us-east-1" }],
    ["FAILED", { kind: "training-job", account: ACCOUNT }],
  ])("counts by the account and the Region of the operation: %s %j", async (status, match) => {
    expect(await answerWith(match)).toBe(status);
  });

  it("of one setting leaves the others", async () => {
    const match = { kind: "feature-group", setting: "feature-store-online" };
    const policy = policyOf({ keys: { accept: "customer-managed" }, exemptions: [{ ...exemption, match }] });
    const properties = {
      OnlineStoreConfig: { EnableOnlineStore: true },
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: "s3://b" } },
    };
    const { answer } = await answerTo(resourceEvent("AWS::SageMaker::FeatureGroup", properties), { policy });
    expect(answer.message).toMatch(/^Keyward: 1 setting is not/);
    expect(answer.message).not.toContain("OnlineStoreConfig.SecurityConfig");
  });

  it("for somebody whom the input does not name is in doubt, so the operation goes on", async () => {
    expect(await answerWith({ principal: "arn:aws:iam::*:role/ml-admin" })).toBe("SUCCESS");
    expect(await answerWith({ principal: "arn:aws:iam::*:role/ml-admin", account: "444455556666" })).toBe("FAILED");
  });

  it("counts up to its last day", async () => {
    expect(await answerWith({ kind: "notebook-instance" }, "2026-11-02")).toBe("SUCCESS");
    expect(await answerWith({ kind: "notebook-instance" }, "2026-11-01")).toBe("FAILED");
  });
});
