import { oneLine } from "../../text/one-line.ts";

type Colour = "red" | "green" | "yellow" | "dim" | "bold";

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Characters in a line: a terminal's own, within what still reads well; else what fits a README. */
export const WIDTH = Math.min(Math.max(process.stdout.columns || 100, 60), process.stdout.isTTY ? 120 : 100);

const coloured = isColoured(process.env, process.stdout.isTTY === true);

/** Colours only where a person looks at a terminal, unless told otherwise (no-color.org, force-color.org). */
function isColoured({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return terminal && TERM !== "dumb";
}

export function paint(colour: Colour, text: string): string {
  const [on, off] = CODES[colour];
  return coloured && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Untrusted text, fit for a terminal: no control characters, bounded. */
export const safe = (text: string | null | undefined, max = 200): string => oneLine(text ?? "-", max);

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** One line on standard error, whatever the text holds: it may name a file or quote one. */
export function complain(text: string): void {
  process.stderr.write(`keyward: ${safe(text, 1000)}\n`);
}
