import {
  Document,
  type DocumentOptions,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParseOptions,
  parseAllDocuments,
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
export type ReadDocument = { readonly document: CheckDocument } | DocumentFault;

/** The documents of a parsed file, at least one, or the fault that prevents it. */
export type ReadDocuments = { readonly documents: readonly CheckDocument[] } | DocumentFault;

export interface DocumentFault {
  readonly fault: string;
  readonly position: Position | undefined;
}

/** Reads a text that has one document. See `readDocuments`. */
export function readDocument(text: string): ReadDocument {
  const read = readDocuments(text);
  if ("fault" in read) return read;
  const [document, ...more] = read.documents;
  if (document && more.length === 0) return { document };
  return { fault: `${read.documents.length} YAML documents; give each as a file of its own`, position: undefined };
}

/**
 * Reads JSON, or YAML with CloudFormation's short forms, and keeps the position of every part. YAML can have several
 * documents. Throws a RangeError if the text is nested too deep.
 */
export function readDocuments(text: string): ReadDocuments {
  try {
    const json = tryJson(text);
    const isLarge = text.length > MAX_YAML;
    const find = isLarge ? () => () => ({ line: 1, column: 1 }) : () => finderOfFirst(parse(text));
    if (json) return { documents: [{ ...json, positionOf: lazily(find) }] };
    if (isLarge) return { fault: "over 1 MiB, and not JSON; split it", position: undefined };
    if (nestedAt(text) !== undefined) throw new RangeError("nested too deep");
    return readYaml(parse(text));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { fault: ALIASES, position: undefined };
  }
}

function readYaml(parsed: ParsedYaml): ReadDocuments {
  const { documents, lines } = parsed;
  const faults = documents.map((document) => faultIn(document, lines));
  const fault = faults.find((one) => one !== undefined);
  if (fault) return fault;
  const read = documents.map((document) => ({
    value: document.toJS() as Json,
    positionOf: finder(document, parsed),
  }));
  // `---` at the end of a file begins a document that is empty.
  const full = read.filter(({ value }) => value !== null);
  return { documents: full.length > 0 ? full : read.slice(0, 1) };
}

function faultIn(document: Document, lines: LineCounter): DocumentFault | undefined {
  const [error] = document.errors;
  if (error) {
    // The parser's code for a stack overflow. Its message is an internal one of the JavaScript engine.
    const why = error.code === "RESOURCE_EXHAUSTION" ? "nested too deep" : error.message;
    return { fault: `not YAML or JSON (${why})`, position: positionAt(lines, error.pos[0]) };
  }
  const again = repeatedKey(document);
  if (again)
    return { fault: "not YAML or JSON (Map keys must be unique)", position: positionAt(lines, offsetOf(again) ?? 0) };
  return hasMoreAliases(document, MAX_ALIASES) ? { fault: ALIASES, position: undefined } : undefined;
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
  readonly documents: readonly Document[];
  readonly lines: LineCounter;
  readonly text: string;
}

function parse(text: string): ParsedYaml {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...OPTIONS, lineCounter: lines });
  // The parser gives no document for a text of comments.
  return { documents: documents.length > 0 ? (documents as Document[]) : [new Document(null)], lines, text };
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

function finderOfFirst(parsed: ParsedYaml): CheckDocument["positionOf"] {
  return finder(parsed.documents[0] ?? new Document(null), parsed);
}

function finder(document: Document, { lines, text }: ParsedYaml): CheckDocument["positionOf"] {
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
