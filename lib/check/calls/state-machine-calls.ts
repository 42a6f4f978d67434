import type { Json, JsonObject } from "../../core/model/json.ts";
import { isBlank, isObject } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { UnresolvedPlace } from "../model/subject.ts";
import type { CallReader, HeldCall, HeldCalls } from "./call.ts";
import { callsOfBrokenText, parseCallText } from "./call-text.ts";
import { callsOfStateMachine, placeOf } from "./state-machine.ts";
import { isAbout } from "./unresolved-request.ts";

/**
 * The calls of `AWS::StepFunctions::StateMachine` and `AWS::Serverless::StateMachine`, by their `Definition` or
 * `DefinitionString`, and `DefinitionSubstitutions`.
 */
export const stateMachineCalls: CallReader = (properties, unresolvedPlaces) => {
  const { Definition, DefinitionString } = properties;
  const substitutions = substitutionsIn(properties, unresolvedPlaces);
  for (const [property, value] of Object.entries({ DefinitionString, Definition })) {
    if (typeof value === "string") return callsOfText(property, value, substitutions, unresolvedPlaces);
  }
  if (isObject(Definition)) return callsOfObject(Definition, substitutions, unresolvedPlaces);
  // Only another file has the definition (DefinitionS3Location, DefinitionUri); it is judged if it is given.
  return { calls: [], isUnread: !isBlank(Definition) };
};

interface Substitutions {
  readonly known: ReadonlyMap<string, string>;
  readonly reasons: ReadonlyMap<string, Reason>;
}

const SUBSTITUTIONS = "DefinitionSubstitutions";

function substitutionsIn(properties: JsonObject, unresolvedPlaces: readonly UnresolvedPlace[]): Substitutions {
  const given = properties[SUBSTITUTIONS];
  const values = isObject(given) ? Object.entries(given) : [];
  const reasons = new Map(
    unresolvedPlaces
      .filter(({ path }) => path.startsWith(`${SUBSTITUTIONS}.`))
      .map(({ path, reason }) => [path.slice(SUBSTITUTIONS.length + 1), reason]),
  );
  const known = values.filter(([name, value]) => !reasons.has(name) && typeof value !== "object");
  return { known: new Map(known.map(([name, value]) => [name, String(value)])), reasons };
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;

const substitute = (text: string, { known }: Substitutions): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => known.get(name.trim()) ?? whole);

function callsOfText(
  property: string,
  text: string,
  substitutions: Substitutions,
  unresolvedPlaces: readonly UnresolvedPlace[],
): HeldCalls {
  const place = unresolvedPlaces.find(({ path }) => path === property);
  const reasonOf = (inner: string): Reason | undefined =>
    substitutions.reasons.get(inner) ?? (place && reasonIn(place, inner));
  const filled = substitute(text, substitutions);
  const definition = parseCallText(filled);
  const calls = definition ? callsOfStateMachine(definition, reasonOf) : callsOfBrokenText(filled);
  const isUnread = definition === undefined && calls.length === 0 && (place !== undefined || text.trim() !== "");
  return { calls: calls.map((call) => within(property, call, unresolvedPlaces)), isUnread };
}

/** A template leaves the variables of `Fn::Sub` in the text that it does not know. Its place has the first one's reason. */
const reasonIn = (place: UnresolvedPlace, inner: string): Reason =>
  isAbout(place, inner) ? place.reason : { code: "reference-open", expression: `\${${inner}}` };

function callsOfObject(
  definition: JsonObject,
  substitutions: Substitutions,
  unresolvedPlaces: readonly UnresolvedPlace[],
): HeldCalls {
  const filled = substituteIn(definition, substitutions) as JsonObject;
  const calls = callsOfStateMachine(filled, (inner) => substitutions.reasons.get(inner));
  return { calls: calls.map((call) => within("Definition", call, unresolvedPlaces)), isUnread: false };
}

function substituteIn(node: Json, substitutions: Substitutions): Json {
  if (typeof node === "string") return substitute(node, substitutions);
  if (Array.isArray(node)) return node.map((one: Json) => substituteIn(one, substitutions));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, substituteIn(value, substitutions)]));
}

/** A place of the template, as a path within the request that starts there. */
function relativeTo(start: string, place: UnresolvedPlace): UnresolvedPlace[] {
  if (place.path === start) return [{ ...place, path: "" }];
  if (!place.path.startsWith(`${start}.`)) return [];
  return [{ ...place, path: place.path.slice(start.length + 1) }];
}

/** A call of the definition that a property has, with the places of the properties that are in the call. */
function within(property: string, call: HeldCall, unresolvedPlaces: readonly UnresolvedPlace[]): HeldCall {
  const settingAt = (path: string) => [property, ...call.settingAt(path)];
  const start = placeOf(settingAt(""));
  return {
    ...call,
    at: [property, ...call.at],
    unresolvedPlaces: [...unresolvedPlaces.flatMap((place) => relativeTo(start, place)), ...call.unresolvedPlaces],
    settingAt,
  };
}
