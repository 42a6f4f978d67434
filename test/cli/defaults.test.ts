import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { KEY } from "../support/build.ts";
import { keyward } from "../support/cli.ts";

describe("keyward defaults", () => {
  it("prints one document on standard output, and the rest on standard error", () => {
    const { code, out, err } = keyward(["defaults", "sdk-v2", "--key", KEY]);
    expect(code).toBe(0);
    expect(parse(out)).toMatchObject({ SchemaVersion: "1.0", SageMaker: { TrainingJob: expect.anything() } });
    expect(err).toContain("For us-east-1 only.");
    expect(err).toMatch(/^ {2}CreateLabelingJob: OutputConfig.KmsKeyId/m);
    expect(err).not.toContain("CreateTransformJob");
  });

  it("prints what the document reaches as JSON", () => {
    const { out } = keyward(["defaults", "sdk-v3", "--key", KEY, "--json"]);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toContainEqual({
      operation: "CreateCompilationJob",
      path: "OutputConfig.KmsKeyId",
      protects: "output",
      reached: "no",
      elsewhere: ["sdk-v2"],
    });
  });

  it.each([
    [[], "name one document: sdk-v2, sdk-v3, studio, lifecycle"],
    [["sdk-v2", "studio"], "name one document"],
    [["sdk-v4", "--key", KEY], "defaults sdk-v4 is not known"],
    [["sdk-v2"], "give the key with --key ARN"],
    [["sdk-v2", "--key", "alias/ml"], "is not the ARN of a KMS key or alias"],
    [["sdk-v2", "--key", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3"], "a key that AWS manages"],
    [["sdk-v2", "--key", KEY, "--operation", "UpdateDomain"], "--operation is for studio"],
    [["studio", "--key", KEY, "--operation", "CreateApp"], "--operation CreateApp is not known"],
    [["sdk-v2", "--key", KEY, "--policy", "no-such-file.yaml"], "no-such-file.yaml"],
    [["sdk-v2", "--keys", KEY], "--key"],
  ])("%j is a wrong call", (args, message) => {
    const { code, out, err } = keyward(["defaults", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
