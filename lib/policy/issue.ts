/** A fault of a policy's value, or a warning about it. */
export interface PolicyIssue {
  /** The path in the document: member names and indexes. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A path in one word: `exemptions[0].match`; "the policy" for the whole document. */
export function pathText(path: PolicyIssue["path"]): string {
  if (path.length === 0) return "the policy";
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${part || '""'}`))
    .join("");
}
