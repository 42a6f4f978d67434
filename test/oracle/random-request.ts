import { EBS_ONLY, LOCAL_STORAGE } from "../../lib/catalogue/instance-families.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import type { Random } from "../long/random.ts";
import { keys, places } from "./facts.ts";
import type { Shape, ShapeMember } from "./shapes.ts";

/** The use of a request's paths, from a catalogue's row. Paths are in API spelling, `[]` for an element. */
export interface Hints {
  /** Every path that the row names, and every path on the way there. */
  readonly near: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly instanceTypes: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  /** The values that conditions compare with, by path. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Values that are made in another way, by path. */
  readonly special?: ReadonlyMap<string, (random: Random) => Json>;
}

const KEYS = [...Object.keys(keys), ...Object.keys(keys).slice(0, 2), "", ""];
const PLACES = Object.keys(places);
const FAMILIES = [LOCAL_STORAGE, EBS_ONLY, EBS_ONLY, ["zz9"]] as const;
/** Structures without any of these paths are omitted below this depth, unless they are required. */
const MAX_DEPTH = 9;

const chance = (random: Random, percent: number): boolean => random.below(100) < percent;

/**
 * A valid request of a shape: required members always, members that the catalogue names often, all others sometimes.
 */
export const randomRequest = (shape: Shape, hints: Hints, random: Random): JsonObject =>
  randomValue(shape, "", hints, random, 0) as JsonObject;

function randomValue(shape: Shape, at: string, hints: Hints, random: Random, depth: number): Json {
  switch (shape.is) {
    case "struct":
      return structOf(shape, at, hints, random, depth);
    case "union":
      return unionOf(shape, at, hints, random, depth);
    case "list": {
      const length = hints.near.has(`${at}[]`) ? random.pick([0, 1, 1, 1, 2, 2, 3]) : 1;
      const of = shape.of();
      return Array.from({ length }, () => randomValue(of, `${at}[]`, hints, random, depth + 1));
    }
    case "map":
      return { name: randomValue(shape.of(), `${at}{}`, hints, random, depth + 1) };
    case "boolean":
      return chance(random, 50);
    case "number":
      return 1 + random.below(9);
    case "string":
    case "other":
      return stringAt(at, hints, random);
    default:
      return shape satisfies never;
  }
}

function structOf(
  { members }: Extract<Shape, { is: "struct" }>,
  at: string,
  hints: Hints,
  random: Random,
  depth: number,
): Json {
  const { often, seldom } = planOf(members, at, hints);
  const made: Record<string, Json> = {};
  for (const member of often) {
    if (member.required || chance(random, 75)) add(member);
  }
  if (depth < MAX_DEPTH && seldom.length > 0 && chance(random, 4 * seldom.length)) add(random.pick(seldom));
  return made;

  function add({ name, path, required, shape }: PlannedMember): void {
    // CloudTrail and request files also write an absent member as null.
    made[name] = !required && chance(random, 2) ? null : randomValue(shape(), path, hints, random, depth + 1);
  }
}

interface PlannedMember extends ShapeMember {
  readonly path: string;
}

/** A structure's members at its place: those that are required or that the row names, and all others. */
interface Plan {
  readonly often: readonly PlannedMember[];
  readonly seldom: readonly PlannedMember[];
}

const plans = new WeakMap<Hints, Map<string, Plan>>();

function planOf(members: readonly ShapeMember[], at: string, hints: Hints): Plan {
  const byPath = plans.get(hints) ?? new Map<string, Plan>();
  plans.set(hints, byPath);
  const known = byPath.get(at);
  if (known) return known;
  const placed = members.map((member) => ({ ...member, path: at === "" ? member.name : `${at}.${member.name}` }));
  const isOften = ({ required, path }: PlannedMember) => required || hints.near.has(path);
  const plan = { often: placed.filter(isOften), seldom: placed.filter((member) => !isOften(member)) };
  byPath.set(at, plan);
  return plan;
}

function unionOf(
  { members }: Extract<Shape, { is: "union" }>,
  at: string,
  hints: Hints,
  random: Random,
  depth: number,
): Json {
  const near = members.filter(({ name }) => hints.near.has(`${at}.${name}`));
  const { name, shape } = random.pick(near.length > 0 && chance(random, 70) ? near : members);
  return { [name]: randomValue(shape(), `${at}.${name}`, hints, random, depth + 1) };
}

function stringAt(at: string, { special, ...hints }: Hints, random: Random): Json {
  const make = special?.get(at);
  if (make) return make(random);
  if (hints.instanceTypes.has(at)) return `ml.${random.pick(random.pick(FAMILIES))}.xlarge`;
  if (hints.places.has(at)) return random.pick(PLACES);
  if (hints.keys.has(at)) return random.pick(KEYS);
  const values = hints.values.get(at);
  return values && chance(random, 70) ? random.pick(values) : "x";
}
