import type { Json } from "../../core/model/json.ts";
import type { DocumentPath } from "./document-path.ts";

/** A place in a text; line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The content of a file, with the position of each part. */
export interface CheckDocument {
  readonly value: Json;
  /** The position of the node at the path, or of its nearest parent that the document has. */
  positionOf(path: DocumentPath): Position;
}
