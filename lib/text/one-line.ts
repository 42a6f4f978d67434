/**
 * Untrusted text made fit for one line: no control, format, bidirectional or invisible characters and no line breaks,
 * runs of white space as one space, `max` characters at most with `…` for what was cut.
 */
export function oneLine(text: string, max: number): string {
  const clean = text
    .slice(0, max * 4)
    .replace(/[\p{C}\p{DI}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...clean];
  return characters.length <= max ? clean : `${characters.slice(0, max - 1).join("")}…`;
}

/** The same in ASCII, for what mail headers carry. */
export const asciiLine = (text: string, max: number): string =>
  oneLine(text.replace(/[^\x20-\x7e]+/g, "?"), max).replace("…", "~");

/** Breaks text into lines of at most `width` characters at spaces, each after the first behind `indent`. */
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

/**
 * A value that is safe to paste after an option, or nothing. Quoting would not do: the AWS CLI reads `file://…` in a
 * value as the file itself, and a leading `-` as an option.
 */
export const shellWord = (value: string | undefined): string | undefined =>
  value !== undefined && /^[A-Za-z0-9][\w.:/=@+,-]{0,255}$/.test(value) && !value.includes("://") ? value : undefined;
