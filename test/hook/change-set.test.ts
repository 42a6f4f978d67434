import { describe, expect, it } from "vitest";
import { answerAbout, changeSetEvent } from "./hook-events.ts";

const NOTEBOOK = "AWS::SageMaker::NotebookInstance";
const UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

interface Changed {
  readonly name?: string;
  readonly type?: string;
  readonly action?: string;
  readonly after?: unknown;
  readonly before?: unknown;
}

const change = ({ name = "N", type = NOTEBOOK, action = "CREATE", after, before }: Changed) => ({
  logicalResourceId: name,
  resourceType: type,
  action,
  lineNumber: 2,
  beforeContext: before === undefined ? null : JSON.stringify({ Properties: before }),
  afterContext: after === undefined ? null : JSON.stringify({ Properties: after }),
});

const judged = async (template: unknown, changes: readonly Changed[]) => {
  const text = typeof template === "string" ? template : JSON.stringify(template);
  return answerAbout(changeSetEvent, { template: text, changedResources: changes.map(change) });
};

const PARAMETER = {
  Parameters: { Key: { Type: "String", Default: "alias/aws/s3" } },
  Resources: { N: { Type: NOTEBOOK, Properties: { KmsKeyId: { Ref: "Key" } } } },
};

describe("a change set", () => {
  it.each([
    ["FAILED", "CREATE", { KmsKeyId: "alias/aws/s3" }],
    ["FAILED", "UPDATE", { InstanceType: "ml.t3.medium" }],
    ["SUCCESS", "CREATE", { KmsKeyId: "alias/ml" }],
  ])("is judged by the values that its resources will have: %s", async (status, action, after) => {
    const { answer } = await judged(PARAMETER, [{ action, after }]);
    expect(answer.hookStatus).toBe(status);
    expect(answer.message).not.toContain("default of a parameter");
  });

  it("leaves out what it deletes or does not name", async () => {
    const Resources = { N: { Type: NOTEBOOK }, Gone: { Type: NOTEBOOK }, Old: { Type: NOTEBOOK } };
    const { answer, logged } = await judged({ Resources }, [
      { name: "Gone", action: "DELETE", before: {} },
      { after: { KmsKeyId: "alias/ml" } },
    ]);
    expect(answer.hookStatus).toBe("SUCCESS");
    expect(logged.resources).toEqual([{ at: "Resources.N", type: NOTEBOOK, verdict: "undetermined" }]);
  });

  it("takes the template's expression for a value that is known after the change", async () => {
    const Key = { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } };
    const N = { Type: NOTEBOOK, Condition: "C", Properties: { KmsKeyId: { "Fn::GetAtt": ["Key", "Arn"] } } };
    const own = await judged({ Resources: { Key, N } }, [{ after: { KmsKeyId: UNKNOWN } }]);
    expect(own.answer.message).toBe("Keyward: 1 resource is as the policy requires.");
    for (const template of [{ Resources: { N: { Type: NOTEBOOK, Properties: {} } } }, { Resources: {} }, PARAMETER]) {
      const { answer } = await judged(template, [{ after: { KmsKeyId: UNKNOWN } }]);
      expect(answer.hookStatus).toBe("SUCCESS");
      expect(answer.message).toContain("N KmsKeyId is undetermined");
    }
  });

  it("reads booleans that are text, and elements that AWS::NoValue has removed", async () => {
    const type = "AWS::SageMaker::EndpointConfig";
    const variants = [{ InstanceType: "ml.g5.xlarge" }];
    const N = { Type: type, Properties: { ProductionVariants: [{ "Fn::If": ["C", {}, {}] }, ...variants] } };
    const off = { ProductionVariants: variants, DataCaptureConfig: { EnableCapture: "false" } };
    expect((await judged({ Resources: { N } }, [{ type, after: off }])).answer.hookStatus).toBe("SUCCESS");
    const on = { ...off, DataCaptureConfig: { EnableCapture: "true", KmsKeyId: "alias/aws/s3" } };
    expect((await judged({ Resources: { N } }, [{ type, after: on }])).answer.hookStatus).toBe("FAILED");
    const open = { ...off, ProductionVariants: [{ InstanceType: UNKNOWN }] };
    expect((await judged({ Resources: { N } }, [{ type, after: open }])).answer.hookStatus).toBe("SUCCESS");
  });

  it("does not take the expression of another element for one that has moved", async () => {
    const type = "AWS::SageMaker::EndpointConfig";
    const variant = (KmsKeyId: unknown) => ({ ServerlessConfig: {}, CoreDumpConfig: { KmsKeyId } });
    const own = { "Fn::GetAtt": ["Key", "Arn"] };
    const expressions = [{ "Fn::If": ["C", {}, {}] }, variant(own), variant({ "Fn::ImportValue": "Key" })];
    const N = { Type: type, Properties: { ProductionVariants: expressions } };
    const Key = { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } };
    const after = { ProductionVariants: [variant(UNKNOWN), variant(UNKNOWN)] };
    const { answer } = await judged({ Resources: { N, Key } }, [{ type, after }]);
    expect(answer.message).toMatch(/ProductionVariants\[1\]\.CoreDumpConfig\.KmsKeyId is undetermined/);
  });

  it("judges what a macro makes, which the template does not have", async () => {
    const { answer } = await judged("Transform: Macro\nResources: {}", [{ name: "Made", after: {} }]);
    expect(answer.message).toContain("Made KmsKeyId is missing");
  });

  it("judges by the template where a context is missing or cut, without the defaults of parameters", async () => {
    const N = { Type: NOTEBOOK, Properties: { KmsKeyId: "alias/aws/s3" } };
    expect((await judged({ Resources: { N } }, [{}])).answer.hookStatus).toBe("FAILED");
    expect((await judged(PARAMETER, [{}])).answer.hookStatus).toBe("SUCCESS");
    const cut = [{ ...change({ after: {} }), afterContext: '{"Properties": {"KmsKe' }];
    const { answer } = await answerAbout(changeSetEvent, {
      template: JSON.stringify({ Resources: { N } }),
      changedResources: cut,
    });
    expect(answer.hookStatus).toBe("FAILED");
  });

  it("is judged like a stack without its list of changes", async () => {
    const { answer } = await answerAbout(changeSetEvent, {
      template: JSON.stringify({ Resources: { N: { Type: NOTEBOOK } } }),
    });
    expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "NonCompliant" });
  });

  it("cannot be judged if nothing has the properties of a resource", async () => {
    for (const template of ["Resources: {}", "SageMaker: [a", ""]) {
      const { answer } = await judged(template, [{}]);
      expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "InternalFailure" });
    }
    expect((await judged("Resources: {}", [{ type: "AWS::S3::Bucket" }])).answer.hookStatus).toBe("SUCCESS");
  });
});
