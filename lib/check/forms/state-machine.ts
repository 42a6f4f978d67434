import { basename } from "node:path";
import type { Json } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { type CallHolder, callSubjects, onlyProperties } from "../calls/call-subjects.ts";
import { parseCallText, quotePlaceholders } from "../calls/call-text.ts";
import { isStateMachine } from "../calls/state-machine.ts";
import { stateMachineCalls } from "../calls/state-machine-calls.ts";
import type { FileForm, FormInput, FormReading } from "../model/form.ts";
import { inFile } from "./in-file.ts";

/** A definition in Amazon States Language, or the request of CreateStateMachine and UpdateStateMachine with one. */
export const stateMachine: FileForm = {
  description: "a state machine's definition (with StartAt and States)",
  isIntended: ({ file }) => /\.asl(\.(json|ya?ml))?$/i.test(file),
  // SAM and Terraform replace placeholders before the text is JSON: "MaxConcurrency": ${Max}.
  repaired: ({ text }) => (seemsDefinition(text) ? quotePlaceholders(text) : undefined),
  read: (input) => {
    if (isStateMachine(input.document)) return readMachine(input, input.document, [], "state machine");
    const definition = definitionIn(input.document);
    return definition === undefined
      ? { is: "other-form" }
      : readMachine(input, definition, ["definition"], "request of CreateStateMachine");
  },
};

const seemsDefinition = (text: string): boolean => text.includes('"StartAt"') && text.includes('"States"');

/** The text of a definition in a request of Step Functions, whose API has lower-case members. */
function definitionIn(document: Json): string | undefined {
  const definition = isObject(document) && Object.hasOwn(document, "definition") ? text(document, "definition") : "";
  return isStateMachine(parseCallText(definition ?? "")) ? definition : undefined;
}

function readMachine({ file }: FormInput, definition: Json, at: CallHolder["at"], type: string): FormReading {
  const name = basename(file);
  const holder: CallHolder = { name, type, at, place: "" };
  const properties = typeof definition === "string" ? { DefinitionString: definition } : { Definition: definition };
  const known = onlyProperties(properties, ([, ...path]) => [...at, ...path]);
  const { subjects } = callSubjects(holder, stateMachineCalls, [known]);
  return { is: "subjects", subjects: subjects.map((subject) => inFile(name, subject)) };
}
