import { paint, WIDTH } from "./terminal.ts";

/**
 * Folds text to the width of the page, with `indent` spaces before the first line and `hanging` before the others.
 * Breaks at spaces. A word that is longer than a line (a path, an ARN) breaks after a dot, a slash or a colon.
 */
export function fold(text: string, indent = 0, hanging = indent): string {
  const room = WIDTH - Math.max(indent, hanging);
  const pieces = text
    .split(/(?<= )/)
    .flatMap((word) => (word.trimEnd().length > room ? word.split(/(?<=[./:])/) : [word]));
  const lines: string[] = [];
  let line = " ".repeat(indent);
  for (const piece of pieces) {
    if (line.trim() !== "" && (line + piece).trimEnd().length > WIDTH) {
      lines.push(line.trimEnd());
      line = " ".repeat(hanging);
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].join("\n");
}

/** Rows in columns as wide as their widest cell; the last column has no fixed width. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [paint("bold", line(header)), ...rows.map(line)].join("\n");
}

/** A title in the page's width. */
export const heading = (text: string): string =>
  paint("bold", `── ${text} ${"─".repeat(Math.max(0, WIDTH - text.length - 4))}`);

/** "1 event", "2 events". */
export const count = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? "" : "s"}`;
