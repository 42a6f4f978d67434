import { type Comment, commentsWith } from "./comments.ts";
import { type Skip, type SkipFault, type SkipTarget, toSkip } from "./skip.ts";
import { targetOf } from "./target-of.ts";

const WORD = "keyward:skip";

/** The skips in comments of a YAML text: `# keyward:skip setting=… reason="…" owner=… expires=…`. */
export function commentSkips(text: string, targets: () => readonly SkipTarget[]): (Skip | SkipFault)[] {
  if (!text.includes(WORD)) return [];
  const comments = commentsWith(WORD, text).filter((one) => /^keyward:skip(?![\w-])/.test(one.text));
  if (comments.length === 0) return [];
  const lines = text.split(/\r?\n/);
  const known = targets();
  return comments.map((comment) => toSkip(membersOf(comment), comment, targetOf(comment, lines, known)));
}

/** `name=value`, `name="a value"` or `name='a value'`. A later one of the same name does not count. */
function membersOf({ text }: Comment): Record<string, string> {
  const found = text.matchAll(/(?<![^\s])([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']\S*))/g);
  const members: Record<string, string> = Object.create(null);
  for (const [, name = "", double, single, bare] of found) members[name] ??= double ?? single ?? bare ?? "";
  return members;
}
