import { type Document, isAlias, isMap, isSeq } from "yaml";

/** A thousand indicators of lists and keys in one line, each within the one before. */
const NESTED = /(?:[?-][ \t]+){1000}/;

/** Where a text is nested so deep in one line that the parser, which reads the line again for each, takes minutes. */
export const nestedAt = (text: string): number | undefined => NESTED.exec(text)?.index;

/** Whether a document has more aliases than `max`: the parser compares each of them with all before it. */
export function hasMoreAliases(document: Document, max: number): boolean {
  let count = 0;
  // The parser's own `visit` takes a third of the time of parsing.
  const isPast = (node: unknown): boolean => {
    if (isMap(node)) return node.items.some(({ key, value }) => isPast(key) || isPast(value));
    if (isSeq(node)) return node.items.some(isPast);
    return isAlias(node) && ++count > max;
  };
  return isPast(document.contents);
}
