import { isLookedUp, kindOf } from "../../lib/catalogue/kinds.ts";
import type { Locations, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { type Expected, expectedOf } from "./expected.ts";
import { policies } from "./facts.ts";
import { type RandomCase, SELECTED_STEP, STEP_CALLS } from "./random-case.ts";
import { describedSettings, type Rows, settingsRow } from "./rows.ts";
import { select } from "./select.ts";

/** The place of a call's settings, with the row that has their paths. */
interface Source {
  readonly settings: readonly Setting[];
  readonly locations: Locations | undefined;
  readonly request: JsonObject;
}

/**
 * The expectation for a whole call. Its settings are in the request, in Describe's answer, or in a referenced resource.
 */
export function expectedOfCase(one: RandomCase, from: Rows, policy: number): Expected[] {
  const { operation, request: given, described } = one;
  const row = settingsRow(operation, from);
  if (given === "omitted" && !isLookedUp(kindOf(row.kind))) return row.settings.map(unknown);
  const request = row.readsResponse && given !== "omitted" ? over(one.response, given) : given;
  const own = described[kindOf(row.kind).describe.operation] ?? {};
  const byDescribe: Source = { settings: describedSettings(row), locations: row.locations, request: own };
  const inDescribe = row.operation !== operation || request === "omitted";
  const start = inDescribe ? byDescribe : { settings: row.settings, locations: row.locations, request };
  if (row.partial && !inDescribe) {
    // An update leaves absent members unchanged, so the resource may still have the absent key.
    const inEvent = expect(start, policy);
    if (!inEvent.some(({ is }) => is === "missing")) return inEvent;
    // A rejected key is a violation for any answer of Describe, so Describe is not called.
    if (inEvent.some(({ is }) => is === "rejected")) return inEvent.map(leaveOpen);
    return expect(byDescribe, policy);
  }
  const source = followed(row, start, one, from);
  if (row.definition === undefined) {
    const ofOwn = source === start ? [] : expect({ ...start, settings: [] }, policy);
    const found = [...expect(source, policy), ...ofOwn, ...heldElsewhere(row)];
    return inDescribe ? found : settled(found, byDescribe, policy);
  }
  const definition = source.request[row.definition] ?? own[row.definition];
  const chosen = request === "omitted" ? [] : select(request, SELECTED_STEP).map(({ value }) => String(value));
  return expectedOfSteps(definition as JsonObject | undefined, chosen, from, policy);
}

/** Describe returns the chosen instance type. It is called only if no finding justifies a stop already. */
function settled(found: Expected[], byDescribe: Source, policy: number): Expected[] {
  const stopFor: readonly string[] = policies[policy]?.["stop-for"] ?? [];
  if (found.some(({ is, protects }) => (is === "missing" || is === "rejected") && stopFor.includes(protects)))
    return found;
  const there = expect(byDescribe, policy);
  return found.map((one) => {
    const decided = there.find(({ path, protects }) => path === one.path && protects === one.protects);
    return one.byChoice && decided ? decided : one;
  });
}

/** What a request or an answer gives, over the call's answer; a null gives nothing. */
const over = (response: JsonObject, given: JsonObject): JsonObject => ({
  ...response,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== "")),
});

/** Neither the record nor a Describe has it. */
const unknown = ({ path, protects }: Setting): Expected => ({ path, protects, is: "undetermined" });

const heldElsewhere = ({ heldBy }: Operation): Expected[] =>
  heldBy ? [{ path: heldBy.path, protects: heldBy.protects, is: "undetermined" }] : [];

const leaveOpen = (one: Expected): Expected => (one.is === "missing" ? { ...one, is: "undetermined" } : one);

const expect = ({ settings, locations, request }: Source, policy: number): Expected[] =>
  expectedOf(settings, locations, request, policy);

/** The last resource of the chain of references. */
function followed(row: Operation, start: Source, { response, described }: RandomCase, from: Rows): Source {
  let source = start;
  let named: JsonObject = over(response, start.request);
  for (const { at, when, describe, settings } of row.refersTo ?? []) {
    const [name] = select(named, at);
    if (typeof name?.value !== "string") continue;
    if (when?.is === "equals" && !select(named, when.path).some(({ value }) => value === when.value)) continue;
    const made = from.get(describe.replace("Describe", "Create"));
    const locations = made && "settings" in made ? made.locations : undefined;
    source = { settings, locations, request: described[describe] ?? {} };
    named = source.request;
  }
  return source;
}

interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments?: JsonObject;
}

/** `chosen`: the names of the steps of a selective execution; all steps run if there are none. */
function expectedOfSteps(
  definition: JsonObject | undefined,
  chosen: readonly string[],
  from: Rows,
  policy: number,
): Expected[] {
  const steps = (definition?.Steps ?? []) as unknown as readonly Step[];
  const run = steps.filter(({ Name }) => chosen.length === 0 || chosen.includes(Name));
  return run.flatMap(({ Name, Type, Arguments = {} }) => {
    const { settings, locations } = settingsRow(STEP_CALLS[Type] ?? "", from);
    return expectedOf(settings, locations, Arguments, policy).map((one) => ({
      ...one,
      path: `Steps[${Name}].Arguments.${one.path}`,
    }));
  });
}
