import { describe, expect, it } from "vitest";
import type { CheckedResource, CheckedSetting } from "../../lib/check/model/result.ts";
import type { Verdict } from "../../lib/core/model/types.ts";
import { judgementOf } from "../../lib/hook/judgement.ts";
import { sentenceOf } from "../../lib/hook/message.ts";
import { resourcesIn } from "../check/check-text.ts";
import { answerAbout, CUSTOMER, stackEvent } from "./hook-events.ts";

const NOTEBOOK = "AWS::SageMaker::NotebookInstance";

/** A notebook without a key, as a check judges it, with changes of its verdict and of its setting. */
function notebook(change: Partial<CheckedSetting>, verdict: Verdict = "non-compliant"): CheckedResource {
  const [resource] = resourcesIn({ Resources: { N: { Type: NOTEBOOK, Properties: {} } } }, { policy: CUSTOMER });
  if (resource === undefined) throw new Error("no resource");
  return { ...resource, verdict, settings: resource.settings.map((setting) => ({ ...setting, ...change })) };
}

const standingsOf = (resource: CheckedResource) => judgementOf([resource]).findings.map(({ standing }) => standing);

describe("a finding", () => {
  it("fails an operation only where it certainly holds", () => {
    expect(standingsOf(notebook({}))).toEqual(["violation"]);
    expect(standingsOf(notebook({ under: [] }))).toEqual(["violation"]);
    expect(standingsOf(notebook({ under: [{ condition: "IsProd", is: false }] }))).toEqual(["conditional"]);
    expect(standingsOf(notebook({}, "undetermined"))).toEqual(["undetermined"]);
    expect(standingsOf(notebook({ mayBeExempt: "pilot" }))).toEqual(["undetermined"]);
    expect(standingsOf(notebook({ exempt: "pilot" }, "exempt"))).toEqual([]);
  });

  it("says under which condition it holds", () => {
    const under = [{ condition: "IsProd", is: false }];
    const sentences = judgementOf([notebook({ under })]).findings.map(sentenceOf);
    expect(sentences).toEqual([
      "N KmsKeyId is missing when IsProd is false: no key is given; SageMaker uses a key that it manages itself. It is judged with its value before the resource is made.",
    ]);
  });
});

it("a stack does not fail by a branch that a condition may not choose", async () => {
  const template = `
Parameters: {Stage: {Type: String, Default: dev}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
  N: {Type: ${NOTEBOOK}, Properties: {KmsKeyId: !If [IsProd, !GetAtt Key.Arn, !Ref AWS::NoValue]}}
`;
  const { answer } = await answerAbout(stackEvent, { template });
  expect(answer.hookStatus).toBe("SUCCESS");
  expect(answer.message).toMatch(/N KmsKeyId is (undetermined|missing)/);
});
