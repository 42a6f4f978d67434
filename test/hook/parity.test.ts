import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudFormationTypes } from "../../lib/check/cloudformation/types.ts";
import { judgedResources } from "../../lib/check/model/finding.ts";
import { readDocument } from "../../lib/check/read/read-document.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { isObject } from "../../lib/core/model/member.ts";
import { checkText } from "../check/check-text.ts";
import { policyOf } from "../support/build.ts";
import { requestsOf } from "../support/encrypted-requests.ts";
import {
  type Answered,
  answerAbout,
  answerTo,
  CUSTOMER,
  changeSetEvent,
  cloudControlEvent,
  resourceEvent,
  stackEvent,
} from "./hook-events.ts";

/** What `keyward check` says of a template, as the hook's log has it. */
const checked = (template: string, policy = CUSTOMER) =>
  judgedResources([checkText(template, { policy })]).map(({ subject, verdict }) => ({
    at: subject.place,
    type: subject.type,
    verdict,
  }));

const isFailed = ({ logged }: Answered) => logged.resources.some(({ verdict }) => verdict === "non-compliant");
const statusOf = (answered: Answered) => (isFailed(answered) ? "FAILED" : "SUCCESS");

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** The templates of the tests, and those that this repository deploys. */
const templates = [...filesIn("test/check"), ...filesIn("deploy"), ...filesIn("test/hook")]
  .filter((file) => /\.(ya?ml|json|template)$/.test(file))
  .flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const read = readDocument(text);
    const isTemplate = "document" in read && isObject(read.document.value) && isObject(read.document.value.Resources);
    return isTemplate && checkText(text).is === "judged" ? [{ file, text }] : [];
  });

describe("a template of the tests has the same verdicts as in a check", () => {
  it("finds templates", () => expect(templates.map(({ file }) => file)).toContain("test/check/templates/studio.yaml"));

  it.each(templates)("as a stack and as a change set: $file", async ({ text }) => {
    const expected = checked(text);
    const stack = await answerAbout(stackEvent, { template: text });
    expect(stack.logged.resources).toEqual(expected);
    const changes = await answerAbout(changeSetEvent, { template: text });
    expect(changes.logged.resources).toEqual(expected);
  });
});

/** The properties of a request: the opposite of `moves` in the table of types. */
function propertiesOf(request: JsonObject, type: string): JsonObject {
  if (type !== "AWS::SageMaker::Pipeline") return request;
  const { PipelineDefinition, ...rest } = request;
  return { ...rest, PipelineDefinition: { PipelineDefinitionBody: PipelineDefinition ?? "" } };
}

const PIPELINE = JSON.stringify({
  Version: "2020-12-01",
  Steps: [{ Name: "Train", Type: "Training", Arguments: requestsOf("CreateTrainingJob")[0] ?? {} }],
});

const fullRequests = cloudFormationTypes.flatMap(({ type, operation }) => {
  const requests =
    operation === "CreatePipeline" ? [{ PipelineName: "p", PipelineDefinition: PIPELINE }] : requestsOf(operation);
  return requests.map((request, i) => ({ type, i, properties: propertiesOf(request, type) }));
});

describe.each(fullRequests)("$type ($i) has the same verdict in every way", ({ type, properties }) => {
  const policies = [CUSTOMER, policyOf(), policyOf({ keys: { accept: "listed", allow: ["alias/ml"] } })];
  /** The request, and the same with each key gone or wrong. */
  const variants = () => {
    const text = JSON.stringify(properties);
    const keys = [...text.matchAll(/"arn:aws:kms:[^"\\]*"|\\"arn:aws:kms:[^"\\]*\\"/g)];
    return [
      text,
      ...keys.flatMap(({ 0: key, index }) => {
        const quote = key.startsWith("\\") ? '\\"' : '"';
        return ["", "alias/aws/s3", "alias/ml", "nonsense key"].map(
          (other) => `${text.slice(0, index)}${quote}${other}${quote}${text.slice(index + key.length)}`,
        );
      }),
    ].map((one) => JSON.parse(one) as JsonObject);
  };

  it("a resource, Cloud Control, a stack, a change set, a check", async () => {
    let failed = 0;
    for (const policy of policies) {
      for (const Properties of variants()) {
        const template = JSON.stringify({ Resources: { Target: { Type: type, Properties } } });
        const expected = checked(template, policy);
        const change = {
          logicalResourceId: "Target",
          resourceType: type,
          action: "CREATE",
          afterContext: JSON.stringify({ Properties }),
        };
        const payload = { template, changedResources: [change] };
        const answers = [
          await answerTo(resourceEvent(type, Properties), { policy }),
          await answerTo(cloudControlEvent(type, Properties), { policy }),
          await answerAbout(stackEvent, payload, { policy }),
          await answerAbout(changeSetEvent, payload, { policy }),
        ];
        for (const one of answers) {
          expect(one.logged.resources).toEqual(expected);
          expect(one.answer.hookStatus).toBe(statusOf(one));
        }
        failed += answers.filter(isFailed).length;
      }
    }
    expect(failed).toBeGreaterThan(0);
  });
});

it("any input is answered, and only a violation is NonCompliant", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (data, model) => {
      for (const input of [data, { requestData: data }, resourceEvent("AWS::SageMaker::Domain", model)]) {
        const answered = await answerTo(input);
        const { hookStatus, errorCode, message } = answered.answer;
        expect(hookStatus === "FAILED").toBe(errorCode !== undefined);
        expect(errorCode === "NonCompliant").toBe(isFailed(answered));
        expect(message).toMatch(/^Keyward/);
      }
    }),
    { numRuns: 200 },
  );
});
