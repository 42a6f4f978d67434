import { isObject } from "../core/model/member.ts";
import { syntaxFault } from "./syntax-fault.ts";

/** One JSON document of a text, or why there is none: `at` is empty, `line 7`, or `:7:3` for a fault. */
export type Document =
  | { readonly at: string; readonly value: unknown }
  | { readonly at: string; readonly fault: string };

/** Reads a text that is JSON, JSON Lines, or JSON documents one after another. */
export function parseDocuments(text: string): Document[] {
  const whole = tryJson(text);
  if (whole) return [{ at: "", ...whole }];
  return parseLines(text) ?? parseConcatenated(text) ?? [syntaxFault(text)];
}

/** JSON Lines, where half of the lines or more are: each that is not is a fault of its own. */
function parseLines(text: string): Document[] | undefined {
  const lines = text.split("\n").map((line, i) => ({ number: i + 1, line, parsed: tryJson(line) }));
  const full = lines.filter(({ line }) => line.trim() !== "");
  const objects = full.filter(({ parsed }) => isObject(parsed?.value));
  if (full.length < 2 || objects.length < full.length / 2) return undefined;
  return full.map(({ number, line, parsed }) =>
    parsed ? { at: `line ${number}`, ...parsed } : syntaxFault(line, number),
  );
}

/** Documents that follow one another, as `jq` prints them. */
function parseConcatenated(text: string): Document[] | undefined {
  const documents: Document[] = [];
  let end = 0;
  for (const [from, to] of spans(text)) {
    const parsed = tryJson(text.slice(from, to));
    if (!parsed || text.slice(end, from).trim() !== "") return undefined;
    documents.push({ at: `line ${text.slice(0, from).split("\n").length}`, ...parsed });
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

function tryJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
