import {
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
} from "yaml";
import type { Json } from "../core/model/types.ts";
import { cloudFormationTags } from "./cloudformation/tags.ts";
import type { Steps } from "./subject.ts";

/** Both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface CheckDocument {
  readonly value: Json;
  /** Where the steps lead, or the nearest parent that is there. */
  positionOf(steps: Steps): Position;
}

export type ReadDocument =
  | { readonly document: CheckDocument }
  | { readonly fault: string; readonly position: Position | undefined };

/** Reads YAML with CloudFormation's short forms, or JSON, and keeps where everything stands; throws RangeError on depth. */
export function readDocument(text: string): ReadDocument {
  try {
    const json = tryJson(text);
    if (json) return { document: { ...json, positionOf: lazily(() => finder(parse(text))) } };
    const { document, lines } = parse(text);
    const [error] = document.errors;
    if (error) {
      const why = /call stack/.test(error.message) ? "nested too deep" : error.message;
      return { fault: `not YAML or JSON (${why})`, position: place(lines, error.pos[0]) };
    }
    return { document: { value: document.toJS() as Json, positionOf: finder({ document, lines }) } };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { fault: "its aliases cannot be resolved; write out what they stand for", position: undefined };
  }
}

interface Parsed {
  readonly document: Document;
  readonly lines: LineCounter;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  return { document: parseDocument(text, { ...OPTIONS, lineCounter: lines }), lines };
}

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions & { prettyErrors: false } = {
  prettyErrors: false,
  merge: true,
  stringKeys: true,
  customTags: (tags) => [...tags, ...cloudFormationTags],
};

function tryJson(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function lazily<In, Out>(make: () => (value: In) => Out): (value: In) => Out {
  let made: ((value: In) => Out) | undefined;
  return (value) => {
    made ??= make();
    return made(value);
  };
}

function finder({ document, lines }: Parsed): CheckDocument["positionOf"] {
  return (steps) => {
    let node: unknown = document.contents;
    let offset = rangeOf(node) ?? 0;
    for (const step of steps) {
      const found = childOf(isAlias(node) ? node.resolve(document) : node, step);
      if (!found) break;
      offset = found.offset ?? offset;
      node = found.node;
    }
    return place(lines, offset);
  };
}

function childOf(node: unknown, step: string | number): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => keyText(key) === step);
    return pair && { node: pair.value, offset: rangeOf(pair.key) };
  }
  if (!isSeq(node)) return undefined;
  const item = typeof step === "number" ? node.items[step] : node.items.find((one) => isNamed(one, step));
  return item === undefined ? undefined : { node: item, offset: rangeOf(item) };
}

/** A pipeline's steps are named, not counted. */
const isNamed = (node: unknown, name: string): boolean => isMap(node) && node.get("Name") === name;

const keyText = (key: unknown): unknown => (isScalar(key) ? String(key.value) : key);

const rangeOf = (node: unknown): number | undefined => (node as { range?: [number] } | null | undefined)?.range?.[0];

function place(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
