import { describe, expect, it } from "vitest";
import { readParameters } from "../../../lib/check/read/parameter-file.ts";

const valuesIn = (text: string) => {
  const read = readParameters("prod.json", text);
  return "fault" in read ? read.fault : [...read.values.values].map(([name, value]) => `${name}=${value}`);
};

describe("a file of parameters", () => {
  it.each([
    ["create-stack", '[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "ParameterValue": "x=y"}]'],
    ["CodePipeline", '{"Parameters": {"A": "1", "B": "x=y"}, "Tags": {"C": "d"}}'],
    ["deploy", '["A=1", "B=x=y"]'],
    ["the same as YAML", "Parameters:\n  A: 1\n  B: x=y\n"],
  ])("has the form of %s", (_, text) => expect(valuesIn(text)).toEqual(["A=1", "B=x=y"]));

  it("may use the previous value, and may give a list", () => {
    const text = [
      { ParameterKey: "A", UsePreviousValue: true },
      { ParameterKey: "B", ParameterValue: ["x", "y"] },
    ];
    expect(valuesIn(JSON.stringify(text))).toEqual(["B=x,y"]);
    expect(valuesIn("{}")).toContain("not a file of parameters");
    expect(valuesIn('{"Parameters": {}}')).toEqual([]);
  });

  it.each([
    '["A"]',
    '["=1"]',
    '[{"ParameterKey": "A"}]',
    '[{"ParameterKey": 1, "ParameterValue": "1"}]',
    '[{"ParameterKey": "A", "ParameterValue": {}}]',
    '{"Parameters": {"A": {}}}',
    '{"Parameters": ["A=1"]}',
    "5",
    '"A=1"',
    "null",
    "[1]",
  ])("is refused with the forms that are read: %s", (text) => {
    expect(valuesIn(text)).toContain("not a file of parameters; give [{");
  });

  it("is refused if it is no JSON, or nested too deep", () => {
    expect(valuesIn("{")).toContain("not YAML or JSON");
    expect(valuesIn("[".repeat(100_000))).toContain("nested too deep");
  });
});
