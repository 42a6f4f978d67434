import { type Document, visit } from "yaml";

/** A thousand indicators of lists and keys in one line, each within the one before. */
const NESTED = /(?:[?-][ \t]+){1000}/;

/** Where a text is nested so deep in one line that the parser, which reads the line again for each, takes minutes. */
export const nestedAt = (text: string): number | undefined => NESTED.exec(text)?.index;

/** Whether a document has more aliases than `max`: the parser compares each of them with all before it. */
export function hasMoreAliases(document: Document, max: number): boolean {
  let count = 0;
  visit(document, { Alias: () => (++count > max ? visit.BREAK : undefined) });
  return count > max;
}
