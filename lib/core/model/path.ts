import type { Json } from "./json.ts";
import { isBlank, lowered, memberSpelled, whyUnresolved } from "./member.ts";

/** A value and its path, in API spelling with concrete indexes. */
export interface Located {
  readonly path: string;
  readonly value: Json;
}

/** A path in API spelling (`A.B[].C`, `A.B[1].C`). It is split once, so reading a value at it allocates nothing. */
export interface Path {
  readonly text: string;
  readonly steps: readonly PathStep[];
}

interface PathStep {
  readonly name: string;
  readonly lowered: string;
  /** `each`: every element of a list; a number: one element; `undefined`: the member is not read as a list. */
  readonly index: number | "each" | undefined;
}

/** The catalogue's paths, each split once. A path with concrete indexes comes from a request and is not kept here. */
const compiled = new Map<string, Path>();

/** Splits a path into its steps. The empty path is the root. */
export function pathOf(text: string): Path {
  const known = compiled.get(text);
  if (known) return known;
  const path = { text, steps: text === "" ? [] : text.split(".").map(stepOf) };
  if (!/\[\d/.test(text)) compiled.set(text, path);
  return path;
}

function stepOf(part: string): PathStep {
  const [, name = part, index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(part) ?? [];
  return {
    name,
    lowered: lowered(name),
    index: index === undefined ? undefined : index === "" ? "each" : Number(index),
  };
}

/** The first value at a path that is not blank. Of each list it uses the first element that has such a value. */
export function first(root: Json | undefined, path: Path): Json | undefined {
  return firstFrom(root, path.steps, 0);
}

function firstFrom(root: Json | undefined, steps: readonly PathStep[], from: number): Json | undefined {
  let node = root;
  for (let i = from; i < steps.length; i++) {
    const step = steps[i] as PathStep;
    node = memberSpelled(node, step.name, step.lowered);
    if (isBlank(node)) return undefined;
    if (step.index === undefined || whyUnresolved(node) !== undefined) continue;
    if (!Array.isArray(node)) return undefined;
    if (step.index !== "each") {
      node = node[step.index];
      if (isBlank(node)) return undefined;
      continue;
    }
    for (const element of node) {
      const found = isBlank(element) ? undefined : firstFrom(element, steps, i + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isBlank(node) ? undefined : node;
}

/** Calls `seen` with every value at a path that is not blank. */
export function visit(root: Json | undefined, path: Path, seen: (value: Json) => void): void {
  visitFrom(root, path.steps, 0, seen);
}

function visitFrom(
  root: Json | undefined,
  steps: readonly PathStep[],
  from: number,
  seen: (value: Json) => void,
): void {
  let node = root;
  for (let i = from; i < steps.length; i++) {
    const step = steps[i] as PathStep;
    node = memberSpelled(node, step.name, step.lowered);
    if (isBlank(node)) return;
    if (step.index === undefined || whyUnresolved(node) !== undefined) continue;
    if (!Array.isArray(node)) return;
    if (step.index === "each") {
      for (const element of node) if (!isBlank(element)) visitFrom(element, steps, i + 1, seen);
      return;
    }
    node = node[step.index];
  }
  if (!isBlank(node)) seen(node as Json);
}

/** All values at a path that are not blank, each with its own path. */
export function collect(root: Json | undefined, path: string): Located[] {
  const found: Located[] = [];
  collectFrom(root, pathOf(path).steps, 0, "", found);
  return found;
}

function collectFrom(
  node: Json | undefined,
  steps: readonly PathStep[],
  from: number,
  at: string,
  found: Located[],
): void {
  if (isBlank(node)) return;
  const step = steps[from];
  if (step === undefined) {
    found.push({ path: at, value: node });
    return;
  }
  const next = memberSpelled(node, step.name, step.lowered);
  const here = at === "" ? step.name : `${at}.${step.name}`;
  if (step.index === undefined) collectFrom(next, steps, from + 1, here, found);
  else if (whyUnresolved(next) !== undefined) collectFrom(next, steps, from + 1, `${here}[]`, found);
  else if (Array.isArray(next)) {
    for (const [i, element] of next.entries()) {
      if (step.index === "each" || step.index === i) collectFrom(element, steps, from + 1, `${here}[${i}]`, found);
    }
  }
}
