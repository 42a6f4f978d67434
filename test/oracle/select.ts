import type { Json } from "../../lib/core/model/json.ts";

/** Which element of a list a path goes through, by the list's path: `A.B[]` to 2. */
export type Binding = ReadonlyMap<string, number>;

export interface Selected {
  /** With concrete indexes. */
  readonly path: string;
  readonly value: Json;
}

/** Absent, null and empty values count as missing. */
const isThere = (value: Json | undefined): value is Json => value !== undefined && value !== null && value !== "";

interface Part {
  readonly name: string;
  readonly isList: boolean;
  /** The path up to here, as written. */
  readonly upTo: string;
}

const split = new Map<string, readonly Part[]>();

function partsOf(path: string): readonly Part[] {
  const known = split.get(path);
  if (known) return known;
  const names = path.split(".");
  const parts = names.map((part, i) => ({
    name: part.replace("[]", ""),
    isList: part.endsWith("[]"),
    upTo: names.slice(0, i + 1).join("."),
  }));
  split.set(path, parts);
  return parts;
}

const UNBOUND: Binding = new Map();

/** The existing values at a path: of a bound list the bound element, of another list every element. */
export function select(root: Json | undefined, path: string, binding: Binding = UNBOUND): Selected[] {
  let found: Selected[] = isThere(root) ? [{ path: "", value: root }] : [];
  for (const part of partsOf(path)) {
    const next: Selected[] = [];
    for (const one of found) step(one, part, binding, next);
    if (next.length === 0) return next;
    found = next;
  }
  return found;
}

function step({ path, value }: Selected, { name, isList, upTo }: Part, binding: Binding, to: Selected[]): void {
  const own = typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
  const next = own ? (value as { readonly [member: string]: Json })[name] : undefined;
  if (!isThere(next)) return;
  const here = path === "" ? name : `${path}.${name}`;
  if (!isList) {
    to.push({ path: here, value: next });
    return;
  }
  if (!Array.isArray(next)) return;
  const only = binding.get(upTo);
  for (const [i, element] of next.entries()) {
    if (isThere(element) && (only === undefined || only === i)) to.push({ path: `${here}[${i}]`, value: element });
  }
}
