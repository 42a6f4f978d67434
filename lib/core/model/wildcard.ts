/** A pattern, split at its `*`. */
export interface Pattern {
  readonly text: string;
  readonly parts: readonly string[];
}

/** Patterns are the policy's, so there are few: each is split once. */
const compiled = new Map<string, Pattern>();

export function compilePattern(text: string): Pattern {
  const known = compiled.get(text);
  if (known) return known;
  const pattern = { text, parts: text.split("*") };
  compiled.set(text, pattern);
  return pattern;
}

export const matchesPattern = (pattern: string, value: string): boolean => matches(compilePattern(pattern), value);

/**
 * Whether a value is as a pattern says, in which `*` stands for any run of characters. Takes time in proportion to the
 * value, whatever the pattern: values are anybody's.
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
