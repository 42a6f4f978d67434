import { Lexer } from "yaml";
import type { Position } from "../model/document.ts";

/** A comment of a YAML text. */
export interface Comment extends Position {
  /** Its text without the `#`. */
  readonly text: string;
  /** Nothing else is in its line. */
  readonly isAlone: boolean;
}

/** Marks of the lexer that are not in the text: a document, the end of a broken flow, a block scalar. */
const DOCUMENT = "\u0002";
const FLOW_END = "\u0018";
const SCALAR = "\u001f";

/** The comments of a YAML text that hold `word`. A `#` within a text of the YAML is no comment. */
export function commentsWith(word: string, text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let previous = "";
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith("#") && previous !== SCALAR && lexeme.includes(word)) {
      const start = text.lastIndexOf("\n", offset - 1) + 1;
      comments.push({
        text: lexeme.replace(/^#+/, "").trim(),
        isAlone: text.slice(start, offset).trim() === "",
        line: lineAt(text, offset),
        column: offset - start + 1,
      });
    }
    if (lexeme !== DOCUMENT && lexeme !== FLOW_END && lexeme !== SCALAR) offset += lexeme.length;
    previous = lexeme;
  }
  return comments;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
