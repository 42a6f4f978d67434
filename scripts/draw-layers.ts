/** What docs/architecture.md draws of scripts/layers.ts. */
import { layers } from "./layers.ts";

/** The folder `from` may import the folder `to`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The folder that stands for a layer in the diagram of all: `lib/core` for `lib/core/judge`. */
export const groupOf = (folder: string): string => folder.split("/").slice(0, 2).join("/");

const allowed: readonly Arrow[] = layers.flatMap(({ folder, imports }) =>
  imports.map((to): Arrow => ({ from: folder, to })),
);

/** Which group of folders may import which. */
export function groupArrows(): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const one of allowed) {
    const [from, to] = [groupOf(one.from), groupOf(one.to)];
    if (from !== to) arrows.set(`${from} ${to}`, { from, to });
  }
  return [...arrows.values()];
}

/** Which folder may import which within its group. A folder and its own parts that import each other are left out. */
export const innerArrows = (): Arrow[] =>
  allowed.filter(
    ({ from, to }) => groupOf(from) === groupOf(to) && !allowed.some((other) => other.from === to && other.to === from),
  );

/**
 * The arrows that no way along other arrows stands for: with `a → b → c`, `a → c` is left out. The arrows must not form a
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

/** Whether a way along the arrows leads from one folder to another. */
export function leads(from: string, to: string, arrows: readonly Arrow[]): boolean {
  const seen = new Set([from]);
  for (const folder of seen) {
    for (const arrow of arrows) if (arrow.from === folder) seen.add(arrow.to);
  }
  return from !== to && seen.has(to);
}
