import { type Document, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";
import type { Position } from "../model/document.ts";
import type { DocumentPath } from "../model/document-path.ts";
import { nodeAt } from "./node-at.ts";

/**
 * The position of a path within a block of text (`|`) that holds JSON or YAML itself, such as a pipeline's definition.
 * Undefined for any other node: a text on one line has the position of that line. `header`: the line of the `|`.
 */
export function positionInBlock(
  node: unknown,
  path: DocumentPath,
  header: number,
  lineAt: (line: number) => string,
): Position | undefined {
  if (!isScalar(node) || node.type !== "BLOCK_LITERAL" || typeof node.source !== "string") return undefined;
  const inner = withoutFunctions(path);
  if (inner.length === 0) return undefined;
  const { document, lines } = innerDocument(node, node.source);
  const { line, col } = lines.linePos(nodeAt(document, inner).offset);
  return { line: header + line, column: indentOf(node.source, header, lineAt) + col };
}

interface InnerDocument {
  readonly document: Document;
  readonly lines: LineCounter;
}

const innerDocuments = new WeakMap<Scalar, InnerDocument>();

/** The text of a node as a document; parsed once, however many findings it has. */
function innerDocument(node: Scalar, text: string): InnerDocument {
  const known = innerDocuments.get(node);
  if (known) return known;
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, uniqueKeys: false });
  innerDocuments.set(node, { document, lines });
  return { document, lines };
}

/** A short form, such as `!Sub |`, has its argument in the same node. */
function withoutFunctions(path: DocumentPath): DocumentPath {
  const start = path.findIndex((segment) => typeof segment === "string" && !segment.startsWith("Fn::"));
  return start < 0 ? [] : path.slice(start);
}

/** The number of columns that the block is indented by. */
function indentOf(source: string, header: number, lineAt: (line: number) => string): number {
  const first = source.split("\n").findIndex((line) => line.trim() !== "");
  const own = source.split("\n")[first] ?? "";
  return Math.max(0, lineAt(header + 1 + first).indexOf(own.trim()) - own.indexOf(own.trim()));
}
