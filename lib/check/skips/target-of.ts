import type { Comment } from "./comments.ts";
import type { SkipTarget } from "./skip.ts";

/**
 * The resource on which a comment is: one that begins in its line or right below it, else the innermost one whose block
 * holds it. `lines` is the text of the file.
 */
export function targetOf(
  comment: Comment,
  lines: readonly string[],
  targets: readonly SkipTarget[],
): SkipTarget | undefined {
  const beside = targets.filter(({ line }) => line === comment.line);
  if (!comment.isAlone && beside.length > 0) return onlyOne(beside);
  const below = comment.isAlone ? belowOf(comment, lines, targets) : [];
  if (below.length > 0) return onlyOne(below);
  const around = targets.filter((target) => holds(target, comment, lines));
  return around.sort((a, b) => b.at.length - a.at.length || b.line - a.line)[0];
}

/** Several resources can begin in one line. Then it is not clear which of them is meant. */
const onlyOne = (targets: readonly SkipTarget[]): SkipTarget | undefined =>
  targets.length === 1 ? targets[0] : undefined;

function belowOf({ line, column }: Comment, lines: readonly string[], targets: readonly SkipTarget[]): SkipTarget[] {
  let next = line + 1;
  while (/^\s*#/.test(lines[next - 1] ?? "")) next++;
  return targets.filter((target) => target.line === next && target.column >= column);
}

/** Whether a comment is in the block of a resource: between its lines, or after the last of them and as deep. */
function holds(target: SkipTarget, { line, column }: Comment, lines: readonly string[]): boolean {
  const { at, line: first } = target;
  const isWhole = at.length === 0;
  if (!isWhole && line < first) return false;
  const isIn = (column: number) => isWhole || isDeeper(column, target);
  const [from, to] = line < first ? [line, first] : [first + 1, line];
  for (let one = from; one < to; one++) {
    const depth = depthOf(lines[one - 1] ?? "");
    if (depth === "document" || (depth !== undefined && !isIn(depth))) return false;
  }
  return isIn(column) || goesOn(line, lines, isIn);
}

/** Whether the next line with content is still in the block. */
function goesOn(line: number, lines: readonly string[], isIn: (column: number) => boolean): boolean {
  const next = lines
    .slice(line - 1)
    .map(depthOf)
    .find((depth) => depth !== undefined);
  return typeof next === "number" && isIn(next);
}

/** The members of a list's element begin in the column of the element. Those of a mapping's member are deeper. */
const isDeeper = (column: number, { at, column: own }: SkipTarget): boolean =>
  typeof at.at(-1) === "number" ? column >= own : column > own;

/** The column of a line's content; nothing for an empty line or a comment. */
function depthOf(line: string): number | "document" | undefined {
  if (/^(---|\.\.\.)(\s|$)/.test(line)) return "document";
  const start = line.search(/\S/);
  return start < 0 || line[start] === "#" ? undefined : start + 1;
}
