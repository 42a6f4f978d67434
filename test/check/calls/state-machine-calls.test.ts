// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import {
  type CallHolder,
  callReaderOf,
  callSubjects,
  type HolderProperties,
} from "../../../lib/check/calls/call-subjects.ts";
import { scheduleCalls } from "../../../lib/check/calls/schedule-calls.ts";
import { stateMachineCalls } from "../../../lib/check/calls/state-machine-calls.ts";
import type { UnresolvedPlace } from "../../../lib/check/model/subject.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";

const NOTEBOOK = "arn:${AWS::Partition}:states:::aws-sdk:sagemaker:createNotebookInstance";
const machine = (KmsKeyId: unknown) => ({
  StartAt: "A b",
  States: { "A b": { Type: "Task", Resource: NOTEBOOK, Parameters: { NotebookInstanceName: "n", KmsKeyId } } },
});
const open = (path: string, expression = "!Ref Key"): UnresolvedPlace => ({
  path,
  expression,
  reason: { code: "parameter-open", name: "Key" },
});

/** The only call: its key, and its unresolved places as `path code`. */
function read(properties: object, places: readonly UnresolvedPlace[] = []) {
  const { calls, isUnread } = stateMachineCalls(properties as JsonObject, places);
  return calls.map(({ request, unresolvedPlaces, settingAt }) => ({
    key: request.KmsKeyId,
    places: unresolvedPlaces.map(({ path, reason }) => `${path} ${reason.code}`),
    at: settingAt("KmsKeyId").join("/"),
    isUnread,
  }));
}

const TEXT = "DefinitionString/States/A b/Parameters/KmsKeyId";
const OBJECT = "Definition/States/A b/Parameters/KmsKeyId";

describe("the calls of a state machine's properties", () => {
  it("of a definition as text", () =>
    expect(read({ DefinitionString: JSON.stringify(machine("k")) })).toEqual([
      { key: "k", places: [], at: TEXT, isUnread: false },
    ]));

  it("of an object, with the template's unresolved places", () =>
    expect(
      read({ Definition: machine("!Ref Key") }, [open("Definition.States.A b.Parameters.KmsKeyId"), open("RoleArn")]),
    ).toEqual([{ key: "!Ref Key", places: ["KmsKeyId parameter-open"], at: OBJECT, isUnread: false }]));

  it.each([
    ["known", { Key: "alias/ml" }, [], "alias/ml", []],
    ["a number", { Key: 1 }, [], "1", []],
    ["unresolved", { Key: "!Ref Key" }, [open("DefinitionSubstitutions.Key")], "${Key}", ["KmsKeyId parameter-open"]],
    ["not given", {}, [], "${Key}", ["KmsKeyId placeholder-open"]],
  ])("with a substitution that is %s", (_, DefinitionSubstitutions, places, key, expected) => {
    const asText = { DefinitionString: JSON.stringify(machine("${Key}")), DefinitionSubstitutions };
    const asObject = { Definition: machine("${Key}"), DefinitionSubstitutions };
    for (const properties of [asText, asObject]) {
      expect(read(properties, places)).toMatchObject([{ key, places: expected }]);
    }
  });

  it("of a text with an unknown variable", () => {
    const properties = { DefinitionString: JSON.stringify(machine("${Key.Arn}")) };
    const [call] = read(properties, [open("DefinitionString", "!GetAtt Key.Arn")]);
    expect(call?.places).toEqual(["KmsKeyId parameter-open"]);
    const [other] = read(properties, [open("DefinitionString", "!Ref Role")]);
    expect(other?.places).toEqual(["KmsKeyId reference-open"]);
  });

  it("of a text with a variable outside a string", () => {
    const text = JSON.stringify(machine("alias/ml")).replace('"n"', '"n", "VolumeSizeInGB": ${Size}, "x": "a\\"${b}"');
    expect(read({ DefinitionString: text })).toMatchObject([{ key: "alias/ml", isUnread: false }]);
  });

  it("of a text that is not JSON: only the operation is known", () => {
    const text = JSON.stringify(machine("alias/ml")).slice(0, -2);
    expect(read({ DefinitionString: text })).toMatchObject([
      { key: undefined, places: [" call-text-not-json"], isUnread: false },
    ]);
  });

  it.each([
    [{ DefinitionString: "!If" }, true],
    [{ Definition: [] }, true],
    [{ DefinitionString: "" }, false],
    [{ DefinitionS3Location: { Bucket: "b", Key: "k" } }, false],
    [{ DefinitionUri: "flow.asl.json" }, false],
    [{ DefinitionString: '{"StartAt": "A", "States": {}}' }, false],
    [{ DefinitionString: `{"${'a":'.repeat(1000)}` }, true],
  ])("%#: none, and unread: %s", (properties, isUnread) =>
    expect(stateMachineCalls(properties as JsonObject, [])).toEqual({ calls: [], isUnread }),
  );
});

describe("a text that is made to be slow", () => {
  it.each([
    ["variables that do not end", '{"a": ${'.repeat(100_000)],
    ["variables in each other", "${".repeat(300_000)],
    ["a string that does not end", `"${'\\"'.repeat(300_000)}`],
    ["members without an end", '{"StartAt":'.repeat(5_000)],
    ["the start of many ARNs", "arn:".repeat(200_000)],
  ])("%s", (_, DefinitionString) =>
    expect(stateMachineCalls({ DefinitionString, DefinitionSubstitutions: { a: "b" } }, [])).toEqual({
      calls: [],
      isUnread: true,
    }),
  );
});

describe("the call of a schedule's properties", () => {
  const Arn = "arn:aws:scheduler:::aws-sdk:sagemaker:createNotebookInstance";

  it.each([
    [{ Arn, Input: '{"KmsKeyId": "k"}' }, [], "k", []],
    [{ Arn, Input: '{"KmsKeyId": "${Key}"}' }, [open("Target.Input")], "${Key}", ["KmsKeyId parameter-open"]],
    [{ Arn, Input: '{"KmsKeyId": "${Other}"}' }, [open("Target.Input")], "${Other}", ["KmsKeyId placeholder-open"]],
    [{ Arn, Input: "!If" }, [open("Target.Input", "!If")], undefined, [" parameter-open"]],
    [{ Arn, Input: '{"KmsKeyId": ' }, [], undefined, [" call-text-not-json"]],
    [{ Arn, Input: "[]" }, [], undefined, [" call-text-not-json"]],
    [{ Arn }, [], undefined, []],
  ])("%#", (Target, places, key, expected) => {
    const [call] = scheduleCalls({ Target }, places).calls;
    expect(call?.request.KmsKeyId).toBe(key);
    expect(call?.unresolvedPlaces.map(({ path, reason }) => `${path} ${reason.code}`)).toEqual(expected);
    expect(call?.settingAt("KmsKeyId")).toEqual(["Target", "Input", "KmsKeyId"]);
  });

  it.each([[{}], [{ Target: { Arn: "arn:aws:lambda:eu-west-1:111122223333:function:f" } }], [{ Target: "x" }]])(
    "%j: none",
    (properties) => expect(scheduleCalls(properties, []).calls).toEqual([]),
  );
});

describe("the subjects of a holder under several circumstances", () => {
  const holder: CallHolder = {
    name: "Flow",
    type: "AWS::StepFunctions::StateMachine",
    place: "Resources.Flow",
    at: ["Resources", "Flow"],
  };
  const under = (is: boolean, KmsKeyId: string): HolderProperties => ({
    propertyAt: (path) => ["Resources", "Flow", "Properties", ...path],
    under: [{ condition: "IsProd", is }],
    ownKeys: new Map(),
    unresolvedPlaces: [],
    properties: { DefinitionString: JSON.stringify(machine(KmsKeyId)) },
  });

  it("are one for each call, with a request for each circumstance", () => {
    const reader = callReaderOf(holder.type);
    if (!reader) throw new Error("no reader");
    const { subjects, isUnread } = callSubjects(holder, reader, [under(true, "a"), under(false, "b")]);
    expect(isUnread).toBe(false);
    expect(subjects).toMatchObject([
      {
        name: "A b",
        place: "Resources.Flow.States.A b",
        at: ["Resources", "Flow", "Properties", "DefinitionString", "States", "A b"],
        operation: "CreateNotebookInstance",
        requests: [
          { under: [{ condition: "IsProd", is: true }], request: { KmsKeyId: "a" } },
          { under: [{ condition: "IsProd", is: false }], request: { KmsKeyId: "b" } },
        ],
      },
    ]);
  });
});
