/** A pattern of the policy, split at each `*`. */
export interface Pattern {
  readonly text: string;
  readonly parts: readonly string[];
}

/** A policy has few patterns, so each is split once and kept. */
const compiled = new Map<string, Pattern>();

/** Splits a pattern; the same text gives the same object. */
export function compilePattern(text: string): Pattern {
  const known = compiled.get(text);
  if (known) return known;
  const pattern = { text, parts: text.split("*") };
  compiled.set(text, pattern);
  return pattern;
}

/** Like `matches`, for a pattern that is not split yet. */
export const matchesPattern = (pattern: string, value: string): boolean => matches(compilePattern(pattern), value);

/**
 * True if the value matches the pattern, in which `*` stands for any characters. The time grows only with the length of
 * the value, for every pattern: an attacker can choose the value.
 */
export function matches({ text, parts }: Pattern, value: string): boolean {
  const last = parts.length - 1;
  if (last === 0) return text === value;
  const head = parts[0] ?? "";
  const tail = parts[last] ?? "";
  if (!value.startsWith(head)) return false;
  let at = head.length;
  for (let i = 1; i < last; i++) {
    const part = parts[i] ?? "";
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - tail.length >= at && value.endsWith(tail);
}
