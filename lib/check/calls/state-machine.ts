import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, lowered } from "../../core/model/member.ts";
import { type DocumentPath, documentPathOf } from "../model/document-path.ts";
import type { HeldCall } from "./call.ts";
import { operationOf } from "./integration.ts";
import {
  type PlaceholderReasons,
  type UnresolvedRequest,
  unknownRequest,
  unresolvedRequest,
} from "./unresolved-request.ts";

/** A definition in Amazon States Language has these two members. */
export const isStateMachine = (document: Json | undefined): document is JsonObject =>
  isObject(document) && typeof document.StartAt === "string" && isObject(document.States);

/**
 * Finds SageMaker's calls in a definition, in states at any depth. Source: Amazon States Language; Step Functions, "Create
 * and manage Amazon SageMaker AI jobs". The parameters have the API's member names.
 */
export const callsOfStateMachine = (
  definition: JsonObject,
  reasonOf: PlaceholderReasons = () => undefined,
): HeldCall[] => callsOfStates(definition, [], reasonOf);

function callsOfStates(machine: JsonObject, at: DocumentPath, reasonOf: PlaceholderReasons): HeldCall[] {
  const states = isObject(machine.States) ? machine.States : {};
  return Object.entries(states).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const here = [...at, "States", name];
    const call = callOfTask(name, state, here, reasonOf);
    const inner = innerMachines(state).flatMap(([path, one]) => callsOfStates(one, [...here, ...path], reasonOf));
    return call ? [call, ...inner] : inner;
  });
}

/** The machines in a state: the branches of a Parallel state, and what a Map state does with each item. */
function innerMachines({ Branches, ItemProcessor, Iterator: iterator }: JsonObject): [DocumentPath, JsonObject][] {
  const branches = Array.isArray(Branches) ? Branches : [];
  const all: [DocumentPath, Json | undefined][] = [
    ...branches.map((branch: Json, i): [DocumentPath, Json] => [["Branches", i], branch]),
    [["ItemProcessor"], ItemProcessor],
    [["Iterator"], iterator],
  ];
  return all.flatMap(([path, one]): [DocumentPath, JsonObject][] => (isObject(one) ? [[path, one]] : []));
}

function callOfTask(
  name: string,
  state: JsonObject,
  at: DocumentPath,
  reasonOf: PlaceholderReasons,
): HeldCall | undefined {
  const operation = typeof state.Resource === "string" ? operationOf(state.Resource) : undefined;
  if (operation === undefined) return undefined;
  // A state has Parameters in JSONPath and Arguments in JSONata, so its query language need not be looked up.
  const member = ["Arguments", "Parameters"].find((one) => Object.hasOwn(state, one));
  const parameters = member === undefined ? undefined : state[member];
  const start = member === undefined ? at : [...at, member];
  return {
    name,
    place: placeOf(at),
    at,
    operation,
    ...requestOf(parameters, member === "Arguments" ? "JSONata" : "JSONPath", reasonOf),
    settingAt: (path) => [...start, ...pathIn(parameters, path)],
  };
}

/** `States.All.Branches[0].States.Train` */
export const placeOf = (at: DocumentPath): string =>
  at.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");

function requestOf(parameters: Json | undefined, language: "JSONPath" | "JSONata", reasonOf: PlaceholderReasons) {
  if (isObject(parameters)) return unresolvedRequest(parameters, language, reasonOf);
  const expression = typeof parameters === "string" ? parameters : "the state's input";
  return unknownRequest(expression, { code: "known-at-run", expression }) satisfies UnresolvedRequest;
}

/** The path of a setting in the parameters: a member may have `.$` behind its name, or CloudTrail's spelling. */
export function pathIn(parameters: Json | undefined, path: string): DocumentPath {
  let node: Json | undefined = parameters;
  return documentPathOf(path).map((part) => {
    if (typeof part === "number") {
      node = Array.isArray(node) ? node[part] : undefined;
      return part;
    }
    const inner = isObject(node) ? node : {};
    const name = [part, `${part}.$`, lowered(part)].find((one) => Object.hasOwn(inner, one)) ?? part;
    node = Object.hasOwn(inner, name) ? inner[name] : undefined;
    return name;
  });
}
