import { escapeHidden } from "../../text/escape-hidden.ts";
import { oneLine } from "../../text/one-line.ts";

type Colour = "red" | "green" | "yellow" | "dim" | "bold";

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with Escape.
const PAINTED = /(\u001b\[(?:31|32|33|39|2|22|1)m)/;

/** Characters in a line: the terminal's width within limits, else a width that fits a README. */
export const WIDTH = Math.min(Math.max(process.stdout.columns || 100, 60), process.stdout.isTTY ? 120 : 100);

const coloured = isColoured(process.env, process.stdout.isTTY === true);

/** Colours only on a terminal, unless the environment says otherwise (no-color.org, force-color.org). */
function isColoured({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return terminal && TERM !== "dumb";
}

export function paint(colour: Colour, text: string): string {
  const [on, off] = CODES[colour];
  return coloured && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Untrusted text, safe for a terminal: no control characters, limited length. */
export const safe = (text: string | null | undefined, max = 200): string => oneLine(text ?? "-", max);

/**
 * Prints text or JSON. No control, bidirectional or invisible character reaches the terminal, whoever wrote it: each is
 * escaped as `\uXXXX`, which in JSON is the same text. Only the colours of `paint` remain.
 */
export function print(text = ""): void {
  process.stdout.write(`${shown(text)}\n`);
}

/** `split` with a group returns the colours at the odd places. */
const shown = (text: string): string =>
  coloured
    ? text
        .split(PAINTED)
        .map((part, i) => (i % 2 === 1 ? part : escapeHidden(part)))
        .join("")
    : escapeHidden(text);

/** One line on standard error. The text may quote a file's name or content, so line breaks are removed. */
export function complain(text: string): void {
  process.stderr.write(`keyward: ${safe(text, 1000)}\n`);
}
