import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import { type Policy, type PolicyIssue, parsePolicy } from "../core/policy.ts";
import { nearest } from "./nearest.ts";

export interface PolicyProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type LoadedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

export const DEFAULT_POLICY = "policy.yaml";

/** Reads a policy file; every problem comes back with its line and column. Throws where the file cannot be read. */
export const loadPolicy = async (file: string): Promise<LoadedPolicy> => readPolicy(await readFile(file, "utf8"));

/** Parses a policy's text, YAML or JSON. */
export function readPolicy(text: string): LoadedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      ...place(pos[0]),
      message: message.split("\n")[0] ?? "",
    }));
    return { ok: false, problems };
  }
  const parsed = parsePolicy(document.toJS());
  if (parsed.ok) return parsed;
  const problems = parsed.issues.map((issue) => ({
    ...place(offsetOf(document, issue.path)),
    message: `${issue.path.join(".") || "the policy"}: ${issue.message}${nearest(issue)}`,
  }));
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** The offset of a path's own key where it has one, else of the nearest parent that is there. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: PolicyIssue["path"]): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = keyOf(parent, last);
    if (pair !== undefined) return pair;
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = rangeOf(node);
    if (range !== undefined) return range;
  }
  return 0;
}

function keyOf(parent: unknown, name: string | number | undefined): number | undefined {
  const items = (parent as { items?: { key?: { value?: unknown } }[] } | undefined)?.items ?? [];
  return rangeOf(items.find(({ key }) => key?.value === name)?.key);
}

const rangeOf = (node: unknown): number | undefined => (node as { range?: [number] } | null | undefined)?.range?.[0];
