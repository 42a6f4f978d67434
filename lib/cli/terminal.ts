import { oneLine } from "../core/text.ts";

type Colour = "red" | "green" | "yellow" | "dim" | "bold";

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

const { NO_COLOR, FORCE_COLOR } = process.env;
const coloured = !NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true);

/** Colours only where a person looks at a terminal (no-color.org). */
export function paint(colour: Colour, text: string): string {
  const [on, off] = CODES[colour];
  return coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Untrusted text, fit for a terminal: no control characters, bounded. */
export const safe = (text: string | null | undefined, max = 200): string => oneLine(text ?? "-", max);

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`keyward: ${text}\n`);
}

/** Rows in columns as wide as their widest cell; the last column runs free. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join("  ");
  return [paint("bold", line(header)), ...rows.map(line)].join("\n");
}
