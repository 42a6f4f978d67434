import { describe, expect, it } from "vitest";
import { answerAbout, stackEvent } from "./hook-events.ts";

const notebook = (key?: string) => ({
  Type: "AWS::SageMaker::NotebookInstance",
  Properties: { InstanceType: "ml.t3.medium", ...(key !== undefined && { KmsKeyId: key }) },
});
const templateOf = (resources: object, more: object = {}) => JSON.stringify({ Resources: resources, ...more });
const update = (url: string) => stackEvent(url, { actionInvocationPoint: "UPDATE_PRE_PROVISION" });

describe("a stack", () => {
  it("fails although its author has put a skip on the resource", async () => {
    const skip = [{ setting: "*", reason: "r", owner: "o", expires: "2099-01-01" }];
    const template = templateOf({ N: { ...notebook(), Metadata: { keyward: { skip } } } });
    const { answer } = await answerAbout(stackEvent, { template });
    expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "NonCompliant" });
  });

  it("fails by its template in YAML, and the message lists the worst finding first", async () => {
    const template = `
Resources:
  Free: {Type: AWS::SageMaker::NotebookInstance, Properties: {InstanceType: ml.t3.medium}}
  Open: {Type: AWS::SageMaker::NotebookInstance, Properties: {KmsKeyId: !ImportValue Key}}
  Wrong: {Type: AWS::SageMaker::NotebookInstance, Properties: {KmsKeyId: alias/aws/s3}}
`;
    const { answer, logged } = await answerAbout(stackEvent, { template });
    expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "NonCompliant" });
    expect(answer.message.split(/ (?=\(\d\))/)).toEqual([
      "Keyward: 2 settings are not as the policy requires.",
      "(1) Wrong KmsKeyId is rejected (alias/aws/s3): an AWS managed key, by its name. Set it to a KMS key that the policy accepts.",
      "(2) Free KmsKeyId is missing: no key is given; SageMaker uses a key that it manages itself. Set it to a KMS key that the policy accepts.",
      "(3) Open KmsKeyId is undetermined: !ImportValue Key is known once deployed. It is judged again when the call is made.",
    ]);
    expect(logged.resources.map(({ at, verdict }) => `${at} ${verdict}`)).toEqual([
      "Resources.Free non-compliant",
      "Resources.Open undetermined",
      "Resources.Wrong non-compliant",
    ]);
  });

  it.each([
    ["nothing of SageMaker", templateOf({ B: { Type: "AWS::S3::Bucket" } })],
    ["a text that is no template and not about SageMaker", "a: b: [c"],
  ])("goes on with %s", async (_, template) => {
    const { answer } = await answerAbout(stackEvent, { template });
    expect(answer).toMatchObject({
      hookStatus: "SUCCESS",
      message: "Keyward: no resource that takes a KMS key.",
    });
  });

  it("is judged where an escape hides the type", async () => {
    const template = templateOf({ N: notebook() }).replace("SageMaker", "Sage\\u004daker");
    expect(template).not.toContain("SageMaker");
    expect((await answerAbout(stackEvent, { template })).answer.hookStatus).toBe("FAILED");
  });

  it("accepts a key of its own template", async () => {
    const template = `Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  N: {Type: AWS::SageMaker::NotebookInstance, Properties: {KmsKeyId: !GetAtt Key.Arn}}`;
    expect((await answerAbout(stackEvent, { template })).answer).toMatchObject({ hookStatus: "SUCCESS" });
  });

  it("does not fail by the default of a parameter, whose value the payload does not have", async () => {
    const parameters = { Parameters: { Key: { Type: "String", Default: "alias/aws/s3" } } };
    const N = { Type: "AWS::SageMaker::NotebookInstance", Properties: { KmsKeyId: { Ref: "Key" } } };
    const { answer, logged } = await answerAbout(stackEvent, { template: templateOf({ N }, parameters) });
    expect(answer.hookStatus).toBe("SUCCESS");
    expect(answer.message).toBe(
      "Keyward: no setting fails this operation. 1 note: (1) N KmsKeyId is rejected (alias/aws/s3) with the default of a parameter, whose value is not known here: an AWS managed key, by its name. It is judged with its value before the resource is made.",
    );
    // The verdict itself is that of `keyward check`.
    expect(logged.resources).toMatchObject([{ verdict: "non-compliant" }]);
    const other = await answerAbout(stackEvent, { template: templateOf({ N, M: notebook() }, parameters) });
    expect(other.answer.message).toMatch(/^Keyward: 1 setting is not as the policy requires\. \(1\) M .* \(2\) N /);
  });

  describe("that is updated", () => {
    it("fails by what is new or changed, and reports what was so before", async () => {
      const previousTemplate = templateOf({ Old: notebook(), Changed: notebook("alias/ml") });
      const same = await answerAbout(update, { template: previousTemplate, previousTemplate });
      expect(same.answer).toMatchObject({ hookStatus: "SUCCESS" });
      expect(same.answer.message).toContain("Old KmsKeyId is missing, as before this update: no key is given");
      for (const resources of [
        { Changed: notebook("alias/aws/s3") },
        { Changed: notebook("alias/ml"), New: notebook() },
        { Old: { ...notebook(), Properties: { InstanceType: "ml.t3.large" } } },
      ]) {
        const template = templateOf({ Old: notebook(), ...resources });
        const { answer } = await answerAbout(update, { template, previousTemplate });
        expect(answer.hookStatus).toBe("FAILED");
        expect(answer.message).toMatch(/^Keyward: 1 setting is not as the policy requires\./);
      }
    });

    it("fails where another part of the template changes a verdict", async () => {
      const N = { Type: "AWS::SageMaker::NotebookInstance", Properties: { KmsKeyId: { Ref: "Key" } } };
      const key = { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/ml", TargetKeyId: "k" } };
      const wrong = { ...key, Properties: { ...key.Properties, AliasName: "alias/aws/s3" } };
      const previousTemplate = templateOf({ Key: key, N });
      const { answer } = await answerAbout(update, { template: templateOf({ Key: wrong, N }), previousTemplate });
      expect(answer.hookStatus).toBe("FAILED");
    });

    it("is judged whole without a previous template that can be read", async () => {
      const template = templateOf({ Old: notebook() });
      for (const previousTemplate of [undefined, null, "", "a: b: [SageMaker", 5]) {
        const { answer } = await answerAbout(update, { template, previousTemplate });
        expect(answer.hookStatus).toBe("FAILED");
      }
    });
  });

  it.each([
    ["no object", [], "the payload has no template"],
    ["no template", { previousTemplate: "x" }, "the payload has no template"],
    ["an empty template", { template: "" }, "the payload has no template"],
    ["a template that is no YAML", { template: "SageMaker: [a" }, "the template cannot be read: line 1, column 14:"],
    ["a template with aliases of aliases", { template: bomb() }, "the template cannot be read:"],
    ["a template that is nested too deep", { template: `{"SageMaker":${"[".repeat(60_000)}` }, "the "],
  ])("cannot be judged with %s", async (_, payload, reason) => {
    const { answer } = await answerAbout(stackEvent, payload);
    expect(answer).toMatchObject({ hookStatus: "FAILED", errorCode: "InternalFailure" });
    expect(answer.message).toContain(`Keyward cannot judge this operation: ${reason}`);
    expect(answer.message.length).toBeLessThan(600);
  });
});

/** A template whose aliases would grow to more than a billion elements. */
function bomb(): string {
  const lines = ["a0: &a0 [SageMaker]"];
  for (let i = 1; i < 12; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  return lines.join("\n");
}
