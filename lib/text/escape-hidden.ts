const PLAIN = /^[\x20-\x7e\n]*$/;
/** Control, format, bidirectional and invisible characters, except line breaks and tabs. */
const HIDDEN = /(?![\n\t])[\p{C}\p{DI}\p{Zl}\p{Zp}]/gu;

/**
 * The same text with each control, format, bidirectional or invisible character as `\uXXXX`. Within the strings of JSON
 * this is the same JSON, and elsewhere it shows what is there. Line breaks and tabs stay.
 */
export const escapeHidden = (text: string): string => (PLAIN.test(text) ? text : text.replace(HIDDEN, escapeUnits));

/** One escape for each UTF-16 unit, as JSON writes a character beyond U+FFFF. */
const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, i) => escapeUnit(character.charCodeAt(i))).join("");

const escapeUnit = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
