import type { Document } from "yaml";
import { toUtf8 } from "../files/decode.ts";
import { readFile } from "../files/read-file.ts";
import { type PolicyIssue, pathText } from "./issue.ts";
import { linesOf, readYaml } from "./read-yaml.ts";
import { type Policy, parsePolicy } from "./schema.ts";
import { warningsOf } from "./warnings.ts";

/** A fault of a policy file or a warning about it, and its position. */
export interface PolicyProblem {
  /** Both count from 1; line 0 means that the file cannot be read. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type LoadedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A policy with the warnings about it; a faulty one has none. */
export type CheckedPolicy = LoadedPolicy & { readonly warnings: readonly PolicyProblem[] };

/** A policy with a thousand exemptions has about this size. The YAML parser takes seconds for a made-up text of it. */
const POLICY_LIMIT = { maxBytes: 256 * 1024, advice: "give a policy file" } as const;

/** Reads a policy file of 256 KiB at most; returns every problem with its line and column. */
export async function loadPolicy(file: string): Promise<LoadedPolicy> {
  const text = textOf(file);
  return typeof text === "string" ? readPolicy(text) : text;
}

/** Like `loadPolicy`, with the warnings about a valid policy. `now` decides which dates are far away. */
export async function checkPolicy(file: string, now: Date): Promise<CheckedPolicy> {
  const text = textOf(file);
  if (typeof text !== "string") return { ...text, warnings: [] };
  const { loaded, locate } = readText(text);
  return { ...loaded, warnings: loaded.ok ? byLine(warningsOf(loaded.policy, now).map(locate)) : [] };
}

/** Parses the text of a policy, in YAML or JSON. Returns the policy, or every problem with its line and column. */
export function readPolicy(text: string): LoadedPolicy {
  return readText(text).loaded;
}

type Faulty = Extract<LoadedPolicy, { ok: false }>;

function textOf(file: string): string | Faulty {
  const content = readFile(file, POLICY_LIMIT);
  if (content.is === "read") return toUtf8(content.bytes).toString("utf8");
  return { ok: false, problems: [{ line: 0, column: 0, message: content.because }] };
}

interface Read {
  readonly loaded: LoadedPolicy;
  /** Gives an issue its position in the text. */
  readonly locate: (issue: PolicyIssue) => PolicyProblem;
}

function readText(text: string): Read {
  const lines = linesOf(text);
  const { document, value, faults } = readYaml(text);
  const problem = (offset: number, message: string): PolicyProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, message };
  };
  const locate = ({ path, message }: PolicyIssue) => problem(offsetOf(document, path), `${pathText(path)}: ${message}`);
  if (faults.length > 0) {
    return { loaded: { ok: false, problems: faults.map(({ offset, message }) => problem(offset, message)) }, locate };
  }
  const parsed = parsePolicy(value);
  return { loaded: parsed.ok ? parsed : { ok: false, problems: byLine(parsed.issues.map(locate)) }, locate };
}

const byLine = (problems: readonly PolicyProblem[]): readonly PolicyProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column);

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
