import { constants } from "node:buffer";
import { isObject } from "../core/model/member.ts";
import { parseJson } from "../core/model/parse-json.ts";
import { csvDocuments, eventColumn } from "./csv.ts";
import type { TextDocument } from "./text-document.ts";

/** Says where and why a text is not JSON; `line` is the number of its first line. */
export type ExplainSyntax = (text: string, line: number) => TextDocument;

const brokenJson: ExplainSyntax = () => ({ at: "", fault: "broken JSON, or JSON that ends early" });

const NEWLINE = 0x0a;
const TOO_LONG = "too long for one document; split it";
const OPENING_BYTES = 400;
/** So many lines decide whether a text is JSON Lines. An odd number: a list with each comma on a line of its own is none. */
const SAMPLE_LINES = 21;

/** The first characters: enough to recognise a table, or a text that is no JSON at all. */
export const openingOf = (utf8: Buffer): string => utf8.toString("utf8", 0, OPENING_BYTES);

/**
 * Splits a text into its documents: JSON, JSON Lines, JSON documents one after another, or a table with a column
 * `eventJson`. Takes UTF-8 without a byte order mark. JSON Lines may be longer than a string can be. Never throws.
 */
export function* splitDocuments(utf8: Buffer, explain: ExplainSyntax = brokenJson): Generator<TextDocument> {
  const column = eventColumn(openingOf(utf8));
  if (column === undefined && isLines(utf8)) return yield* lineDocuments(utf8, explain);
  if (utf8.length > constants.MAX_STRING_LENGTH) return yield { at: "", fault: TOO_LONG };
  const text = utf8.toString("utf8");
  yield* column === undefined ? textDocuments(text, 1, "", explain) : csvDocuments(text.trimStart(), column);
}

/** JSON Lines, where half of the first lines or more are objects: then each line that is none is a fault of its own. */
function isLines(utf8: Buffer): boolean {
  const sample: (string | undefined)[] = [];
  for (const { line } of fullLines(utf8)) {
    sample.push(line);
    if (sample.length === SAMPLE_LINES) break;
  }
  if (sample.length < 2) return false;
  const objects = sample.filter((line) => line !== undefined && isObjectText(line));
  return objects.length >= sample.length / 2;
}

function isObjectText(line: string): boolean {
  const parsed = tryJson(line);
  return parsed !== undefined && parsed !== TOO_DEEP && isObject(parsed.value);
}

/** The lines that are not blank, one at a time; `undefined` for one that is longer than a string can be. */
function* fullLines(utf8: Buffer): Generator<{ readonly number: number; readonly line: string | undefined }> {
  let number = 0;
  for (let from = 0; from < utf8.length; ) {
    const found = utf8.indexOf(NEWLINE, from);
    const end = found === -1 ? utf8.length : found;
    number++;
    const line = end - from > constants.MAX_STRING_LENGTH ? undefined : utf8.toString("utf8", from, end);
    if (line?.trim() !== "") yield { number, line };
    from = end + 1;
  }
}

function* lineDocuments(utf8: Buffer, explain: ExplainSyntax): Generator<TextDocument> {
  for (const { number, line } of fullLines(utf8)) {
    if (line === undefined) yield { at: `line ${number}`, fault: TOO_LONG };
    else yield* textDocuments(line, number, `line ${number}`, explain);
  }
}

/** One document, or several one after another; none in a blank text. `line` is the number of the text's first line. */
function* textDocuments(text: string, line: number, at: string, explain: ExplainSyntax): Generator<TextDocument> {
  if (text.trim() === "") return;
  const whole = tryJson(text);
  if (whole === TOO_DEEP) yield { at, fault: TOO_DEEP };
  else if (whole) yield { at, value: whole.value };
  else yield* consecutive(text, line) ?? [explain(text, line)];
}

/** Documents that follow one another, as `jq` prints them, or as the members of one gzip may hold them. */
function consecutive(text: string, firstLine: number): TextDocument[] | undefined {
  const documents: TextDocument[] = [];
  let end = 0;
  let line = firstLine;
  for (const [from, to] of spans(text)) {
    const parsed = tryJson(text.slice(from, to));
    if (!parsed || parsed === TOO_DEEP || text.slice(end, from).trim() !== "") return undefined;
    line += countLines(text, end, from);
    documents.push({ at: `line ${line}`, value: parsed.value });
    line += countLines(text, from, to);
    end = to;
  }
  return documents.length > 1 && text.slice(end).trim() === "" ? documents : undefined;
}

/** Where each outermost object or list begins and ends. */
function* spans(text: string): Generator<readonly [from: number, to: number]> {
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === "{" || token === "[") {
      if (depth++ === 0) from = index;
    } else if ((token === "}" || token === "]") && --depth === 0) yield [from, index + 1];
  }
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

const TOO_DEEP = "nested too deep; give events as CloudTrail writes them";

/** The value; `undefined` where the text is not JSON. */
function tryJson(text: string): { readonly value: unknown } | typeof TOO_DEEP | undefined {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return error instanceof RangeError ? TOO_DEEP : undefined;
  }
}
