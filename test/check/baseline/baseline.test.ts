import { describe, expect, it } from "vitest";
import { baselineOf, compareWithBaseline, goneFrom, type KnownFinding } from "../../../lib/check/baseline/baseline.ts";
import { printBaseline, readBaseline } from "../../../lib/check/baseline/baseline-file.ts";
import { findingsOf, isOpen } from "../../../lib/check/model/finding.ts";
import type { FileResult } from "../../../lib/check/model/result.ts";
import { policyOf } from "../../support/build.ts";
import { checkText } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed" } });
const same = (file: string) => file;
const check = (
  names: readonly string[],
  { key, before = "" }: { key?: string; before?: string } = {},
): FileResult[] => {
  const notebooks = names.map((name) => {
    const properties = key === undefined ? "{}" : `{KmsKeyId: ${key}}`;
    return `  ${name}: {Type: "AWS::SageMaker::NotebookInstance", Properties: ${properties}}\n`;
  });
  return [checkText(`${before}Resources:\n${notebooks.join("")}`, { file: "t.yaml", policy: POLICY })];
};
const open = (results: readonly FileResult[]) =>
  results.flatMap((result) =>
    result.is === "judged"
      ? result.resources.filter((one) => findingsOf(one).some(isOpen)).map(({ subject }) => subject.name)
      : [],
  );
const known = baselineOf(check(["A", "B"]), same);

describe("a baseline", () => {
  it("has what does not change when lines move", () => {
    expect(known).toEqual([
      { file: "t.yaml", at: "Resources.A", path: "KmsKeyId", protects: "volume", is: "missing" },
      { file: "t.yaml", at: "Resources.B", path: "KmsKeyId", protects: "volume", is: "missing" },
    ]);
    expect(baselineOf(check(["B", "A"], { before: "# a\n\n# b\n" }), same)).toEqual(known);
  });

  it("accepts what it knows, and nothing new", () => {
    expect(open(compareWithBaseline(check(["A", "B"]), known, same))).toEqual([]);
    expect(open(compareWithBaseline(check(["A", "B", "C"]), known, same))).toEqual(["C"]);
    expect(open(compareWithBaseline(check(["A"], { key: "alias/aws/s3" }), known, same))).toEqual(["A"]);
    expect(open(compareWithBaseline(check(["A"]), known, () => "other.yaml"))).toEqual(["A"]);
  });

  it("knows a resource that is open as a whole", () => {
    const results = [checkText({ Resources: { A: { Type: "AWS::SageMaker::BrandNew" } } }, { policy: POLICY })];
    expect(open(results)).toEqual(["A"]);
    expect(open(compareWithBaseline(results, baselineOf(results, same), same))).toEqual([]);
  });

  it("has nothing that is suppressed in its file", () => {
    const skip = "# keyward:skip setting=volume reason=r owner=o expires=2027-01-01\n";
    const text = `Resources:\n  ${skip}  A: {Type: "AWS::SageMaker::NotebookInstance"}\n`;
    expect(baselineOf([checkText(text, { policy: POLICY })], same)).toEqual([]);
  });

  it("says what is gone, and not what was not read", () => {
    const gone = (results: readonly FileResult[], isRemoved = false) =>
      goneFrom(known, results, same, () => isRemoved).map(({ at }) => at);
    expect(gone(check(["A"]))).toEqual(["Resources.B"]);
    expect(gone(check(["A", "B"]))).toEqual([]);
    expect(gone([])).toEqual([]);
    expect(gone([], true)).toEqual(["Resources.A", "Resources.B"]);
    expect(gone([checkText("a: [", { file: "t.yaml" })])).toEqual([]);
  });
});

describe("the file of a baseline", () => {
  it("is read as it was written", () => {
    for (const findings of [known, []] satisfies (readonly KnownFinding[])[]) {
      expect(readBaseline(printBaseline(findings))).toEqual({ is: "baseline", findings });
    }
  });

  it("has a line for each finding", () =>
    expect(
      printBaseline(known)
        .split("\n")
        .filter((line) => line.includes("Resources.")),
    ).toHaveLength(2));

  it.each([
    ["", /^no baseline; write one with/],
    ["[]", /^no baseline/],
    ["{", /^no baseline/],
    ['{"findings": []}', /^no baseline/],
    ['{"keyward": "baseline", "version": 2, "findings": []}', /another version/],
    ['{"keyward": "baseline", "version": 1}', /without findings/],
    [printBaseline(known).replace('"is"', '"its"'), /^findings\[0\] needs the texts/],
    ['{"keyward": "baseline", "version": 1, "findings": [3]}', /^findings\[0\]/],
  ])("%j is refused", (text, message) =>
    expect(readBaseline(text)).toEqual({ is: "fault", message: expect.stringMatching(message) }),
  );
});
