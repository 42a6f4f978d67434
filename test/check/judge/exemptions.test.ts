import { describe, expect, it } from "vitest";
import { judge } from "../../../lib/core/judge/judge.ts";
import { callOf, policyOf, verdictOf } from "../../support/build.ts";
import { resourcesIn } from "../check-text.ts";

const exempting = (match: object) =>
  policyOf({
    keys: { accept: "customer-managed" },
    exemptions: [{ name: "one", reason: "r", owner: "o", expires: "2027-01-01", match }],
  });

const NOTEBOOK = { Type: "AWS::SageMaker::NotebookInstance", Properties: { NotebookInstanceName: "a" } };

function checked(match: object, file = "infra/studio.yaml") {
  const [resource] = resourcesIn({ Resources: { A: NOTEBOOK } }, { file, policy: exempting(match) });
  const [setting] = resource?.settings ?? [];
  return { verdict: resource?.verdict, exempt: setting?.exempt, mayBeExempt: setting?.mayBeExempt };
}

describe("an exemption that a file cannot decide leaves the violation, which names it", () => {
  it.each([
    [{ principal: "arn:aws:iam::111122223333:role/etl" }],
    [{ arn: "arn:aws:sagemaker:*" }],
    [{ account: "111122223333", kind: "notebook-instance" }],
    [{ region: "us-east-1" }],
    [{ principal: "*:role/etl", address: "A" }],
  ])("%j", (match) =>
    expect(checked(match)).toEqual({ verdict: "non-compliant", exempt: undefined, mayBeExempt: "one" }),
  );

  it("and one that certainly does not match is not named", () =>
    expect(checked({ principal: "*:role/etl", name: "b" })).toEqual({
      verdict: "non-compliant",
      exempt: undefined,
      mayBeExempt: undefined,
    }));
});

describe("an exemption of a place in a file", () => {
  const EXEMPT = { verdict: "exempt", exempt: "one", mayBeExempt: undefined };

  it.each([
    [{ address: "A" }],
    [{ address: "Resources.A" }],
    [{ address: ["B", "A"] }],
    [{ file: "infra/*" }],
    [{ file: "infra/studio.yaml", address: "A", setting: "volume" }],
  ])("%j covers it", (match) => expect(checked(match)).toEqual(EXEMPT));

  it.each([["./infra/studio.yaml"], ["/home/ci/build/infra/studio.yaml"], ["C:\\build\\infra\\studio.yaml"]])(
    "finds the file as %s",
    (file) => expect(checked({ file: "infra/studio.yaml" }, file)).toEqual(EXEMPT),
  );

  it.each([[{ address: "B" }], [{ file: "studio.yaml" }], [{ file: "infra/*", address: "Resources" }]])(
    "%j does not cover it",
    (match) => expect(checked(match).verdict).toBe("non-compliant"),
  );

  it.each([[{ file: "*" }], [{ address: "*" }]])("%j never covers an event", (match) => {
    expect(verdictOf("CreateNotebookInstance", { NotebookInstanceName: "a" }, exempting(match)).verdict).toBe(
      "non-compliant",
    );
    const sweep = {
      ...callOf("CreateNotebookInstance", { NotebookInstanceName: "a" }),
      seenAt: "2026-11-02T09:15:00Z",
    };
    expect(judge(sweep, exempting(match), new Map()).verdict).toBe("non-compliant");
  });
});
