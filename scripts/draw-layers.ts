/** The arrows that docs/architecture.md draws of scripts/layers.ts. */
import { layers } from "./layers.ts";

/** The folder `from` may import the folder `to`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The folder that represents a layer in the diagram of all folders: `lib/core` for `lib/core/judge`. */
export const groupOf = (folder: string): string => folder.split("/").slice(0, 2).join("/");

const allowed: readonly Arrow[] = layers.flatMap(({ folder, imports }) =>
  imports.map((to): Arrow => ({ from: folder, to })),
);

/** The imports that are allowed between groups of folders, as arrows. */
export function groupArrows(): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const one of allowed) {
    const [from, to] = [groupOf(one.from), groupOf(one.to)];
    if (from !== to) arrows.set(`${from} ${to}`, { from, to });
  }
  return [...arrows.values()];
}

/**
 * The imports that are allowed within a group, as arrows. Two folders that import each other (a folder and its own
 * part) have none.
 */
export const innerArrows = (): Arrow[] =>
  allowed.filter(
    ({ from, to }) => groupOf(from) === groupOf(to) && !allowed.some((other) => other.from === to && other.to === from),
  );

/**
 * The arrows that no path along other arrows replaces: with `a → b → c`, `a → c` is omitted. The arrows must not form a
 * circle.
 */
export const shortest = (arrows: readonly Arrow[]): Arrow[] =>
  arrows.filter(
    (arrow) =>
      !leads(
        arrow.from,
        arrow.to,
        arrows.filter((other) => other !== arrow),
      ),
  );

/** Whether a path along the arrows leads from one folder to another. */
export function leads(from: string, to: string, arrows: readonly Arrow[]): boolean {
  const seen = new Set([from]);
  for (const folder of seen) {
    for (const arrow of arrows) if (arrow.from === folder) seen.add(arrow.to);
  }
  return from !== to && seen.has(to);
}
