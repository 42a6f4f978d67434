// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a definition's own placeholders
import { describe, expect, it } from "vitest";
import { operationOf } from "../../../lib/check/calls/integration.ts";
import { callsOfStateMachine } from "../../../lib/check/calls/state-machine.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { KEY, policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml", KEY] } });
const TRAIN = "arn:aws:states:::sagemaker:createTrainingJob.sync";
const NOTEBOOK = "arn:aws:states:::aws-sdk:sagemaker:createNotebookInstance";

const task = (Resource: string, given: object) => ({ Type: "Task", Resource, ...given, End: true });
const machine = (States: object) => ({ StartAt: "A", States });
const notebook = (given: object) => machine({ A: task(NOTEBOOK, given) });

/** Every setting that is not accepted, as `place path is: because`. */
const settingsIn = (content: unknown, file = "flow.asl.json"): string[] =>
  resourcesIn(content, { file, policy: POLICY }).flatMap(({ subject, settings }) =>
    settings.flatMap(({ path, is, reason }) =>
      is === "accepted" || is === "not-applicable"
        ? []
        : [`${subject.place} ${path} ${is}${is === "undetermined" && reason ? `: ${say(reason)}` : ""}`],
    ),
  );

describe("the operation of an integration", () => {
  it.each([
    [TRAIN, "CreateTrainingJob"],
    ["arn:aws:states:::sagemaker:createTransformJob", "CreateTransformJob"],
    ["arn:aws-cn:states:::sagemaker:createHyperParameterTuningJob.sync:2", "CreateHyperParameterTuningJob"],
    ["arn:aws-us-gov:states:eu-west-1:111122223333:sagemaker:createLabelingJob", "CreateLabelingJob"],
    ["arn:${AWS::Partition}:states:::aws-sdk:sagemaker:createAutoMLJobV2", "CreateAutoMLJobV2"],
    ["arn:aws:scheduler:::aws-sdk:sagemaker:createProcessingJob", "CreateProcessingJob"],
    ["arn:aws:states:::aws-sdk:sagemaker:createModel", "CreateModel"],
    ["arn:aws:states:::aws-sdk:datazone:createDomain", "datazone:CreateDomain"],
    [
      "arn:aws:states:::aws-sdk:sagemakergeospatial:startEarthObservationJob",
      "sagemaker-geospatial:StartEarthObservationJob",
    ],
    ["arn:aws:states:::aws-sdk:sagemaker:describeTrainingJob", undefined],
    ["arn:aws:states:::aws-sdk:s3:createBucket", undefined],
    ["arn:aws:states:::lambda:invoke", undefined],
    ["${Resource}", undefined],
    ["", undefined],
  ])("%s", (arn, expected) => expect(operationOf(arn)).toBe(expected));
});

describe("a value that is known when the state runs", () => {
  it.each([
    [
      { Parameters: { NotebookInstanceName: "a", "KmsKeyId.$": "$.key" } },
      ["KmsKeyId undetermined: $.key is known when the state machine runs"],
    ],
    [
      { Arguments: { KmsKeyId: "{% $key %}" } },
      ["KmsKeyId undetermined: {% $key %} is known when the state machine runs"],
    ],
    [{ Arguments: "{% $all %}" }, ["KmsKeyId undetermined: {% $all %} is known when the state machine runs"]],
    [{}, ["KmsKeyId undetermined: the state's input is known when the state machine runs"]],
    [
      { Parameters: { KmsKeyId: "${Key}" } },
      ["KmsKeyId undetermined: ${Key} is replaced on deployment by another file or tool"],
    ],
    [{ Parameters: { "NotebookInstanceName.$": "$.n" } }, ["KmsKeyId missing"]],
    [{ Parameters: { KmsKeyId: "alias/ml" } }, []],
    [{ Parameters: { KmsKeyId: "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/ml" } }, []],
    [{ Parameters: { KmsKeyId: "arn:aws:kms:eu-west-1:${AWS::AccountId}:alias/ml" } }, []],
    [
      { Parameters: { KmsKeyId: "arn:aws:kms:eu-west-1:${Account}:alias/ml" } },
      ["KmsKeyId undetermined: ${Account} is replaced on deployment by another file or tool"],
    ],
    [{ Parameters: { KmsKeyId: "arn:aws:kms:${Region}:${Account}:alias/aws/ebs" } }, ["KmsKeyId rejected"]],
    [{ Parameters: { KmsKeyId: "alias/aws/ebs" } }, ["KmsKeyId rejected"]],
    // Each language has its own member: an expression of the other one is plain text.
    [{ Arguments: { "KmsKeyId.$": "$.key" } }, ["KmsKeyId missing"]],
  ])("%j", (given, expected) =>
    expect(settingsIn(notebook(given))).toEqual(expected.map((one) => `flow.asl.json States.A ${one}`)),
  );

  it("is a structure above the key", () => {
    const Parameters = {
      TrainingJobName: "t",
      "OutputDataConfig.$": "$.output",
      ResourceConfig: { "InstanceType.$": "$.type", VolumeSizeInGB: 30 },
    };
    expect(settingsIn(machine({ A: task(TRAIN, { Parameters }) }))).toEqual([
      "flow.asl.json States.A OutputDataConfig.KmsKeyId undetermined: $.output is known when the state machine runs",
      "flow.asl.json States.A ResourceConfig.VolumeKmsKeyId undetermined: it is not known whether $.type has local storage",
    ]);
  });
});

describe("the states of a definition", () => {
  const inner = (name: string) => machine({ [name]: task(NOTEBOOK, { Parameters: {} }) });

  it("are found at any depth, each with its own place", () => {
    const states = machine({
      A: { Type: "Parallel", Branches: [inner("B"), { StartAt: "C", States: { C: { Iterator: inner("D") } } }] },
      E: { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, ...inner("F.G h") } },
    });
    expect(settingsIn(states, "a/flow.json")).toEqual([
      "flow.json States.A.Branches[0].States.B KmsKeyId missing",
      "flow.json States.A.Branches[1].States.C.Iterator.States.D KmsKeyId missing",
      "flow.json States.E.ItemProcessor.States.F.G h KmsKeyId missing",
    ]);
  });

  it("have the position of the member, or of its parent, in JSON and in YAML", () => {
    const at = (content: unknown, file: string) =>
      resourcesIn(content, { file, policy: POLICY }).flatMap(({ line, settings }) => [line, settings[0]?.line]);
    expect(at(notebook({ Parameters: { "KmsKeyId.$": "$.k" } }), "a.asl.json")).toEqual([4, 8]);
    const yaml = `StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: ${NOTEBOOK}\n    Arguments:\n      kmsKeyId: "{% $k %}"\n`;
    expect(at(yaml, "a.asl.yaml")).toEqual([3, 7]);
    expect(settingsIn(yaml, "a.asl.yaml")[0]).toContain("undetermined");
  });

  it.each([
    [{ StartAt: "A", States: { A: null, B: [], C: { Resource: 1 }, D: { Branches: [null, 1], Iterator: "x" } } }],
    [{ StartAt: "A", States: { A: task("arn:aws:states:::lambda:invoke", {}) } }],
    [{ StartAt: "A", States: { __proto__: { Resource: NOTEBOOK } } }],
  ])("may hold anything: %#", (definition) => expect(settingsIn(definition)).toEqual([]));

  it("a creation that takes no key has no finding", () =>
    expect(
      resourcesIn(machine({ A: task("arn:aws:states:::sagemaker:createModel", { Parameters: {} }) }), {
        file: "flow.json",
      }).map(({ verdict }) => verdict),
    ).toEqual(["ignored"]));

  it("are many", () => {
    const states = Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [`S${i}`, task(NOTEBOOK, { Parameters: { KmsKeyId: "alias/ml" } })]),
    );
    expect(callsOfStateMachine(machine(states) as JsonObject)).toHaveLength(5000);
  });

  it("are nested too deep", () => {
    let definition: object = inner("A");
    for (let i = 0; i < 3000; i++) definition = machine({ A: { Type: "Map", Iterator: definition } });
    expect(checkText(definition, { file: "flow.asl.json" })).toMatchObject({
      is: expect.stringMatching(/fault|judged/),
    });
  });
});

describe("a file that is no definition that can be read", () => {
  it.each([
    ["flow.asl.json", false, "fault"],
    ["flow.asl.json", true, "fault"],
    ["flow.json", true, "skipped"],
  ])("%s, in a folder: %s", (file, inFolder, is) =>
    expect(checkText('{"StartAt": "A", "States": {', { file, inFolder }).is).toBe(is),
  );
});
