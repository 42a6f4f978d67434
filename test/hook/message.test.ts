import { describe, expect, it } from "vitest";
import { ACCOUNT, policyOf } from "../support/build.ts";
import { answerAbout, answerTo, cloudControlEvent, resourceEvent, stackEvent } from "./hook-events.ts";

const NOTEBOOK = "AWS::SageMaker::NotebookInstance";
const many = (count: number, properties: object) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`Notebook${i}`, { Type: NOTEBOOK, Properties: properties }]),
  );

/** The numbers of the findings in a message, and how many it leaves out. */
function counts(message: string) {
  const shown = [...message.matchAll(/ \((\d+)\) /g)].map(([, number]) => Number(number));
  expect(shown).toEqual(shown.map((_, i) => i + 1));
  return { shown: shown.length, left: Number(/ (\d+) more findings? (?:is|are) left out\.$/.exec(message)?.[1] ?? 0) };
}

describe("a message", () => {
  it.each([1, 2, 24, 25, 26, 27, 28, 300])(
    "has 4096 characters at most, and counts what it leaves out: %i",
    async (count) => {
      const { answer } = await answerAbout(stackEvent, { template: JSON.stringify({ Resources: many(count, {}) }) });
      expect(answer.message.length).toBeLessThanOrEqual(4096);
      const { shown, left } = counts(answer.message);
      expect(shown + left).toBe(count);
      expect(shown).toBeGreaterThanOrEqual(Math.min(count, 20));
      expect(answer.message).toMatch(new RegExp(`^Keyward: ${count} settings? (is|are) not as`));
      expect(answer.annotations?.length).toBe(Math.min(count, 25));
    },
  );

  it("has 1024 characters at most for Cloud Control API", async () => {
    const variants = Array.from({ length: 30 }, (_, i) => ({
      VariantName: `v${i}`,
      InstanceType: "ml.m5.large",
      CoreDumpConfig: { DestinationS3Uri: "s3://b" },
    }));
    const type = "AWS::SageMaker::EndpointConfig";
    const { answer } = await answerTo(cloudControlEvent(type, { ProductionVariants: variants }));
    expect(answer.message.length).toBeLessThanOrEqual(1024);
    expect(answer.message.length).toBeGreaterThan(700);
    const { shown, left } = counts(answer.message);
    expect(shown + left).toBe(31);
    const same = await answerTo(resourceEvent(type, { ProductionVariants: variants }));
    expect(counts(same.answer.message).shown).toBeGreaterThan(shown);
  });

  it("shows one finding however long its values are", async () => {
    const key = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${"a".repeat(5_000)}`;
    const policy = policyOf({ keys: { accept: "customer-managed", deny: ["arn:aws:kms:*:*:key/*"] } });
    const event = cloudControlEvent(NOTEBOOK, { KmsKeyId: key });
    const { answer } = await answerTo(
      { ...event, requestData: { ...event.requestData, targetLogicalId: "n".repeat(9_000) } },
      { policy },
    );
    expect(answer.message.length).toBeLessThanOrEqual(1024);
    expect(counts(answer.message)).toEqual({ shown: 1, left: 0 });
    expect(answer.message).toMatch(/KmsKeyId is rejected .*Set it to a KMS key that the policy accepts\.$/);
  });

  it.each([
    ["FAILED", {}],
    ["SUCCESS", { KmsKeyId: "alias/https://evil.example @here" }],
  ])("shows nobody's text as a link, a mention or more lines: %s", async (status, properties) => {
    const name = "Evil\r\n\u001b[31m\u202e(2) <https://example.com|ok> @here [x](http://evil.example)";
    const event = resourceEvent(NOTEBOOK, properties);
    const { answer } = await answerTo({ ...event, requestData: { ...event.requestData, targetLogicalId: name } });
    expect(answer.hookStatus).toBe(status);
    for (const text of [answer.message, ...(answer.annotations ?? []).map(({ statusMessage }) => statusMessage)]) {
      expect(text).not.toMatch(/https?:|evil\.example|example\.com|@here|[<>]|[\p{C}]/u);
    }
  });

  it.each([
    [
      "a flag",
      { require: { "in-transit": true } },
      "AWS::SageMaker::DataQualityJobDefinition",
      { JobResources: {}, NetworkConfig: { EnableInterContainerTrafficEncryption: false } },
      /EnableInterContainerTrafficEncryption is missing[^(]*\. Set it to true\./,
    ],
    [
      "a key",
      {},
      "AWS::SageMaker::Domain",
      {},
      /KmsKeyId is missing[^(]*\. Set it to a KMS key that the policy accepts\./,
    ],
  ])("says what to set: %s", async (_, change, type, properties, expected) => {
    const policy = policyOf({ keys: { accept: "customer-managed" }, ...change });
    expect((await answerTo(resourceEvent(type, properties), { policy })).answer.message).toMatch(expected);
  });
});
