import {
  type Document,
  type DocumentOptions,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParseOptions,
  parseDocument,
  type Scalar,
  type SchemaOptions,
} from "yaml";
import type { Json } from "../../core/model/json.ts";
import { parseJson } from "../../core/model/parse-json.ts";
import { hasMoreAliases, nestedAt } from "../../files/yaml-limits.ts";
import type { CheckDocument, Position } from "../model/document.ts";
import { cloudFormationTags } from "./cloudformation-tags.ts";
import { nodeAt, offsetOf } from "./node-at.ts";
import { positionInBlock } from "./text-position.ts";

/** A parsed file, or the fault that prevents it. */
export type ReadDocument =
  | { readonly document: CheckDocument }
  | { readonly fault: string; readonly position: Position | undefined };

/**
 * Reads JSON, or YAML with CloudFormation's short forms, and keeps the position of every part. Throws a RangeError if
 * the text is nested too deep.
 */
export function readDocument(text: string): ReadDocument {
  try {
    const json = tryJson(text);
    const isLarge = text.length > MAX_YAML;
    const find = isLarge ? () => () => ({ line: 1, column: 1 }) : () => finder(parse(text));
    if (json) return { document: { ...json, positionOf: lazily(find) } };
    if (isLarge) return { fault: "over 1 MiB, and not JSON; split it", position: undefined };
    if (nestedAt(text) !== undefined) throw new RangeError("nested too deep");
    const parsed = parse(text);
    const { document, lines } = parsed;
    const [error] = document.errors;
    if (error) {
      // The parser's code for a stack overflow. Its message is an internal one of the JavaScript engine.
      const why = error.code === "RESOURCE_EXHAUSTION" ? "nested too deep" : error.message;
      return { fault: `not YAML or JSON (${why})`, position: positionAt(lines, error.pos[0]) };
    }
    const again = repeatedKey(document);
    if (again)
      return { fault: "not YAML or JSON (Map keys must be unique)", position: positionAt(lines, offsetOf(again) ?? 0) };
    if (hasMoreAliases(document, MAX_ALIASES)) return { fault: ALIASES, position: undefined };
    return { document: { value: document.toJS() as Json, positionOf: finder(parsed) } };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { fault: ALIASES, position: undefined };
  }
}

/** The first key that a map has twice. */
const repeatedKey = ({ contents }: Document): Scalar | undefined => repeatedIn(contents);

function repeatedIn(node: unknown): Scalar | undefined {
  if (isSeq(node)) return firstOf(node.items, repeatedIn);
  if (!isMap(node)) return undefined;
  const seen = new Set<unknown>();
  for (const { key } of node.items) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value)) return key;
    seen.add(key.value);
  }
  return firstOf(node.items, ({ value }) => repeatedIn(value));
}

function firstOf<T>(items: readonly T[], find: (item: T) => Scalar | undefined): Scalar | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

const ALIASES = "its aliases cannot be resolved; replace each alias by its value";
const MAX_ALIASES = 10_000;

/**
 * CloudFormation takes templates of 1 MB at most. The parser of YAML, which also finds the positions in JSON, takes seconds
 * for a made-up text of that size. In a larger JSON, every position is the first one.
 */
const MAX_YAML = 1024 * 1024;

interface ParsedYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly text: string;
}

function parse(text: string): ParsedYaml {
  const lines = new LineCounter();
  return { document: parseDocument(text, { ...OPTIONS, lineCounter: lines }), lines, text };
}

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions & { prettyErrors: false } = {
  prettyErrors: false,
  merge: true,
  stringKeys: true,
  // The parser would compare each key with all before it.
  uniqueKeys: false,
  customTags: (tags) => [...tags, ...cloudFormationTags],
};

function tryJson(text: string): { readonly value: Json } | undefined {
  try {
    return { value: parseJson(text) as Json };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

/** Makes a function at its first use. Most JSON files need no positions, and the parser that finds them is slow. */
function lazily<In, Out>(make: () => (value: In) => Out): (value: In) => Out {
  let made: ((value: In) => Out) | undefined;
  return (value) => {
    made ??= make();
    return made(value);
  };
}

function finder({ document, lines, text }: ParsedYaml): CheckDocument["positionOf"] {
  const lineAt = (line: number) => text.slice(lines.lineStarts[line - 1], lines.lineStarts[line]);
  return (path) => {
    const { node, offset, rest } = nodeAt(document, path);
    const header = lines.linePos(offsetOf(node) ?? offset).line;
    const inBlock = positionInBlock(node, rest, header, lineAt);
    if (inBlock) return inBlock;
    // A reader looks for the setting that has the text, not for the function in it.
    const text = path.indexOf("Fn::Sub");
    return positionAt(lines, text < 0 ? offset : nodeAt(document, path.slice(0, text)).offset);
  };
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
