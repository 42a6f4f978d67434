import { documentOf, type Statement } from "./statement.ts";

/** The kinds of policy document, with the most characters that AWS accepts for one. */
export interface Limits {
  /** Sizes for one document, in the order of preference. The last one is the limit. */
  readonly characters: readonly number[];
}

/**
 * SCP: 10,240 characters since May 2026, 5,120 before and perhaps still in other partitions. RCP: 5,120. IAM: 6,144,
 * without white space (AWS Organizations and IAM User Guide, quotas).
 */
export const LIMITS = {
  scp: { characters: [5120, 10240] },
  iam: { characters: [6144] },
  rcp: { characters: [5120] },
} as const satisfies Record<string, Limits>;

export type Packed =
  | { readonly ok: true; readonly documents: readonly string[] }
  /** Not even one action of the statement fits into a document. */
  | { readonly ok: false; readonly sid: string; readonly characters: number; readonly most: number };

/**
 * Statements in as few documents as they need, each within the limit. One document is within the smallest size that it
 * can have, if need be with actions in short form. A statement is split only if it does not fit into a document of its
 * own: by its actions, each with all conditions.
 */
export function packDocuments(statements: readonly Statement[], { characters }: Limits): Packed {
  const one = inOneDocument(statements, characters);
  if (one !== undefined) return { ok: true, documents: [one] };
  const most = characters.at(-1) ?? 0;
  const parts: Statement[] = [];
  for (const statement of statements) {
    const fitting = splitToFit(statement, most);
    if (!fitting) {
      const alone = { ...statement, actions: statement.actions.slice(0, 1) };
      return { ok: false, sid: statement.sid, characters: documentOf([alone]).length, most };
    }
    parts.push(...fitting);
  }
  return { ok: true, documents: inDocuments(parts, most).map((some) => documentOf(some)) };
}

function inOneDocument(statements: readonly Statement[], sizes: readonly number[]): string | undefined {
  if (statements.length === 0) return undefined;
  const forms = [documentOf(statements), documentOf(statements, "short")];
  return sizes.map((most) => forms.find(({ length }) => length <= most)).find((form) => form !== undefined);
}

/** Halves the actions until each part fits; `undefined` if one action alone does not. */
function splitToFit(statement: Statement, most: number): readonly Statement[] | undefined {
  if (documentOf([statement]).length <= most) return [statement];
  const { actions, sid } = statement;
  if (actions.length < 2) return undefined;
  const half = Math.ceil(actions.length / 2);
  const parts = [actions.slice(0, half), actions.slice(half)].map((some, i) =>
    splitToFit({ ...statement, sid: `${sid}Part${i + 1}`, actions: some }, most),
  );
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** Puts each statement, the longest first, into the first document with room for it. */
function inDocuments(statements: readonly Statement[], most: number): readonly (readonly Statement[])[] {
  const documents: Statement[][] = [];
  const byLength = [...statements].sort((a, b) => documentOf([b]).length - documentOf([a]).length);
  for (const statement of byLength) {
    const room = documents.find((document) => documentOf([...document, statement]).length <= most);
    if (room) room.push(statement);
    else documents.push([statement]);
  }
  return documents;
}
