import { oneLine } from "../text/one-line.ts";

const MAX = 1000;
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** The same data with every text made safe for one line: no invisible and no bidirectional characters. */
export function clean<T>(data: T): T {
  if (typeof data === "string") return cleanText(data) as T;
  if (Array.isArray(data)) return data.map(clean) as T;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([member, value]) => [member, clean(value)])) as T;
}

// Nearly all texts are plain, and there can be a million.
const cleanText = (text: string): string => (text.length <= MAX && PLAIN.test(text) ? text : oneLine(text, MAX));
