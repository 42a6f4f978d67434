import type { SafeText } from "./safe-text.ts";

/**
 * Makes one safe line of untrusted text. Control, format, bidirectional and invisible characters, blanks, line breaks and
 * repeated white space become one space. A letter keeps four combining marks: more reach into other lines. A text with more
 * than `max` characters is cut, and `…` is its last character.
 */
export function oneLine(text: SafeText, max: number): SafeText;
export function oneLine(text: string, max: number): string;
export function oneLine(text: string, max: number): string {
  const clean = text
    .slice(0, max * 4)
    .replace(/[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800]+/gu, " ")
    .replace(/(\p{M}{4})\p{M}+/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...clean];
  if (characters.length <= max) return clean;
  const kept = characters.slice(0, max - 1).join("");
  return `${kept.replace(CUT_LABEL, "")}…`;
}

/** A part of a name after its last dot goes as a whole: the rest of "x.large" or "x.com1" could be a domain. */
const CUT_LABEL = /\.[\p{L}\p{M}]{1,63}$/u;

/** Like `oneLine`, in ASCII, as mail headers require. */
export function asciiLine(text: SafeText, max: number): SafeText;
export function asciiLine(text: string, max: number): string;
export function asciiLine(text: string, max: number): string {
  return oneLine(oneLine(text, max * 4).replace(/[^\x20-\x7e]+/g, "?"), max).replace("…", "~");
}

/** Breaks text at spaces into lines of at most `width` characters. Every line after the first begins with `indent`. */
export function wrap(text: SafeText, width: number, indent?: string): SafeText;
export function wrap(text: string, width: number, indent?: string): string;
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length <= width || line === "") line = next;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}
