import { type Document, LineCounter, parseDocument } from "yaml";
import { toUtf8 } from "../files/decode.ts";
import { readFile } from "../files/read-file.ts";
import { nearest } from "./explain-issue.ts";
import { type Policy, type PolicyIssue, parsePolicy } from "./schema.ts";

/** A fault of a policy file, and its position. */
export interface PolicyProblem {
  /** Both count from 1; line 0 means that the file cannot be read. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type LoadedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A policy with a thousand exemptions has about this size. The YAML parser takes seconds for a made-up text of it. */
const POLICY_LIMIT = { maxBytes: 256 * 1024, advice: "give a policy file" } as const;

/** Reads a policy file of 256 KiB at most; returns every problem with its line and column. */
export async function loadPolicy(file: string): Promise<LoadedPolicy> {
  const content = readFile(file, POLICY_LIMIT);
  if (content.is === "read") return readPolicy(toUtf8(content.bytes).toString("utf8"));
  return { ok: false, problems: [{ line: 0, column: 0, message: content.because }] };
}

/** Parses the text of a policy, in YAML or JSON. Returns the policy, or every problem with its line and column. */
export function readPolicy(text: string): LoadedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (offset: number, message: string): PolicyProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, message };
  };
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map(({ pos, message }) => problem(pos[0], message)) };
  }
  const parsed = parsePolicy(contentOf(document));
  if (parsed.ok) return parsed;
  const problems = parsed.issues.map((issue) => {
    const path = issue.path.reduce<string>(
      (at, part) => at + (typeof part === "number" ? `[${part}]` : `.${part}`),
      "",
    );
    return problem(
      offsetOf(document, issue.path),
      `${path.slice(1) || "the policy"}: ${issue.message}${nearest(issue)}`,
    );
  });
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** The document's value; `undefined` if its aliases expand without limit, for which `toJS` throws. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** The offset of the key at a path, or of its nearest parent in the document. */
function offsetOf(document: Document, path: PolicyIssue["path"]): number {
  for (let length = path.length; length >= 0; length--) {
    const key = length === 0 ? undefined : keyOf(document.getIn(path.slice(0, length - 1), true), path[length - 1]);
    const offset = key ?? rangeOf(document.getIn(path.slice(0, length), true));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function keyOf(parent: unknown, name: string | number | undefined): number | undefined {
  const items = (parent as { items?: { key?: { value?: unknown } }[] } | undefined)?.items ?? [];
  return rangeOf(items.find(({ key }) => key?.value === name)?.key);
}

const rangeOf = (node: unknown): number | undefined => (node as { range?: [number] } | null | undefined)?.range?.[0];
