/** `JSON.parse` needs some 100 bytes for each list that is open: no smaller text can exhaust the memory. */
const SMALL = 1024 * 1024;
/** Far more than any input that can be judged. */
const MAX_DEPTH = 10_000;

/**
 * Parses a JSON text of any size. Throws a SyntaxError as `JSON.parse` does, and a RangeError on a large text that is nested
 * too deep: 50 MB of `[` would end the process.
 */
export function parseJson(text: string): unknown {
  if (text.length > SMALL && isTooDeep(text)) throw new RangeError("nested too deep");
  return JSON.parse(text);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      i = endOfString(text, i);
      if (i === -1) return false;
    } else if (character === "[" || character === "{") {
      if (++depth > MAX_DEPTH) return true;
    } else if (character === "]" || character === "}") depth--;
  }
  return false;
}

/** The place of the quote that ends the string at `from`; -1 where none does. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}
