const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * How many objects and lists of a JSON text are open at `to`, where `depth` are open at `from`. -1 where the outermost
 * one ends before `to`, or where `to` is within a string. Offsets in bytes; neither may be within a character.
 */
export function depthAfter(text: Uint8Array, from: number, to: number, depth: number): number {
  let open = depth;
  for (let i = from; i < to; i++) {
    const byte = text[i];
    if (byte === QUOTE) {
      i = endOfString(text, i, to);
      if (i === to) return -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) open++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --open === 0 && i + 1 < to) return -1;
  }
  return open;
}

/** The offset of the quote that ends the string at `from`; `to` where none does. */
function endOfString(text: Uint8Array, from: number, to: number): number {
  for (let i = from + 1; i < to; i++) {
    const byte = text[i];
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH) i++;
  }
  return to;
}
