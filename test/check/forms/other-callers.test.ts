// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a definition's own placeholders
import { describe, expect, it } from "vitest";
import { policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });

/** Every resource as `place verdict @line`, then each setting that is not accepted as `path is @line`. */
const found = (content: unknown, file: string): string[] =>
  resourcesIn(content, { file, policy: POLICY }).flatMap(({ subject, verdict, line, settings }) => [
    `${subject.place} ${verdict} @${line}`,
    ...settings.flatMap((one) =>
      one.is === "accepted" || one.is === "not-applicable" ? [] : [`${one.path} ${one.is} @${one.line}`],
    ),
  ]);

const NOTEBOOK = "arn:aws:states:::aws-sdk:sagemaker:createNotebookInstance";
const machine = (KmsKeyId?: string) => ({
  StartAt: "A",
  States: { A: { Type: "Task", Resource: NOTEBOOK, Parameters: { NotebookInstanceName: "n", KmsKeyId } } },
});

describe("a request of CreateSchedule", () => {
  const schedule = (Input?: unknown, Arn = "arn:aws:scheduler:::aws-sdk:sagemaker:createNotebookInstance") => ({
    Name: "nightly",
    ScheduleExpression: "rate(1 day)",
    Target: { Arn, Input },
  });

  it.each([
    [JSON.stringify({ KmsKeyId: "alias/ml" }), ["nightly.json compliant @1"]],
    [JSON.stringify({}), ["nightly.json non-compliant @1", "KmsKeyId missing @6"]],
    ["{", ["nightly.json undetermined @1", "KmsKeyId undetermined @6"]],
    [undefined, ["nightly.json non-compliant @1", "KmsKeyId missing @4"]],
  ])("with the input %j", (input, expected) => expect(found(schedule(input), "a/nightly.json")).toEqual(expected));

  it("of another service has no finding", () =>
    expect(found(schedule("{}", "arn:aws:lambda:eu-west-1:111122223333:function:f"), "s.json")).toEqual([]));
});

describe("a request of Cloud Control API", () => {
  const request = (TypeName: string, properties: unknown) => ({
    TypeName,
    DesiredState: typeof properties === "string" ? properties : JSON.stringify(properties),
  });

  it("is judged as the resource type", () => {
    expect(found(request("AWS::SageMaker::NotebookInstance", {}), "n.json")).toEqual([
      "n.json non-compliant @1",
      "KmsKeyId missing @3",
    ]);
    expect(found(request("AWS::SageMaker::Model", {}), "n.json")).toEqual(["n.json ignored @1"]);
  });

  it("finds the calls of a state machine", () =>
    expect(
      found(request("AWS::StepFunctions::StateMachine", { DefinitionString: JSON.stringify(machine()) }), "m.json"),
    ).toEqual(["m.json States.A non-compliant @3", "KmsKeyId missing @3"]));

  it("of another service has no finding", () => expect(found(request("AWS::S3::Bucket", {}), "b.json")).toEqual([]));

  it.each(["{", "[]", ""])("is a fault if its DesiredState is %j", (state) =>
    expect(checkText(request("AWS::SageMaker::Domain", state), { file: "d.json" })).toMatchObject({
      is: "fault",
      message: "its DesiredState is not a JSON object",
    }),
  );
});

describe("a definition in which another tool replaces placeholders", () => {
  const text = JSON.stringify(machine("${Key}"), null, 2).replace('"A"', '"A",\n  "TimeoutSeconds": ${Timeout}');

  it("is read", () =>
    expect(found(text, "flow.asl.json")).toEqual([
      "flow.asl.json States.A undetermined @5",
      "KmsKeyId undetermined @10",
    ]));

  it("is a fault if it is no JSON otherwise", () =>
    expect(checkText(text.slice(0, -4), { file: "flow.asl.json" })).toMatchObject({ is: "fault" }));
});

describe("a folder cdk.out", () => {
  const FILES = {
    "manifest.json": { version: "36.0.0", artifacts: { "Ml.assets": { type: "cdk:asset-manifest" } } },
    "tree.json": { version: "tree-0.1", tree: { id: "App", children: { N: "AWS::SageMaker::NotebookInstance" } } },
    "Ml.assets.json": { version: "36.0.0", files: {}, dockerImages: {} },
    "CreateNotebookInstance.metadata.json": { "/Ml/N": [{ type: "aws:cdk:logicalId", data: "N" }] },
  };

  it.each(Object.entries(FILES))("%s is skipped", (file, content) => {
    expect(checkText(content, { file: `cdk.out/${file}`, inFolder: true })).toMatchObject({ is: "skipped" });
    expect(checkText(content, { file })).toMatchObject({ message: expect.stringContaining("*.template.json") });
  });

  it("has templates that are judged", () =>
    expect(
      found({ Resources: { N: { Type: "AWS::SageMaker::NotebookInstance", Properties: {} } } }, "Ml.template.json"),
    ).toEqual(["Resources.N non-compliant @3", "KmsKeyId missing @5"]));
});
