import { defined } from "../../../core/model/defined.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import { type OwnKey, type UnresolvedValue, unresolved, type Value } from "./value.ts";

/** A part of a text that a template puts together. */
export type Piece =
  | { readonly is: "known"; readonly text: string; readonly keys?: readonly OwnKey[] }
  /** `written`: what stays in the text. */
  | { readonly is: "gap"; readonly written: string; readonly unresolved: UnresolvedValue };

/** Puts a text together. One with a gap is unresolved, unless its end says all that counts: the name of an alias. */
export function joinPieces(pieces: readonly Piece[], at: DocumentPath): Value {
  const keys = pieces.flatMap((piece) => (piece.is === "known" ? (piece.keys ?? []) : []));
  const texts = pieces.map((piece) => (piece.is === "known" ? piece.text : piece.written));
  if (texts.reduce((length, text) => length + text.length, 0) > MAX_TEXT) return tooLong(at);
  const value = texts.join("");
  const gaps = pieces.flatMap((piece) => (piece.is === "gap" ? [piece.unresolved] : []));
  const [first] = gaps;
  if (first === undefined) return { is: "scalar", at, value, ...keysIn(keys) };
  const { expression, reason, noneOf } = first;
  const isWhole = pieces.every((piece) => piece.is === "gap" || piece.text === "") && gaps.length === 1;
  if (isWhole) return { is: "unresolved", at, text: value, expression, reason, ...defined({ noneOf }) };
  return tailOf(pieces, keys, at) ?? { is: "unresolved", at, text: value, expression, reason, ...keysIn(keys) };
}

/** CloudFormation takes no template, and so no text, of more than 1 MB. Variables within variables can make one. */
const MAX_TEXT = 1024 * 1024;

const tooLong = (at: DocumentPath): Value => unresolved(at, "!Sub", { code: "not-substitutable", expression: "!Sub" });

const keysIn = (keys: readonly OwnKey[]) => defined({ keys: keys.length > 0 ? keys : undefined });

/** A gap in the text that is matched: no template can contain this character (YAML 1.2, "Character Set"). */
const GAP = "\u0000";
const ARN = /^arn:([^:]*):kms:([^:]*):([^:]*):(?:(alias\/[^\0]+)|key\/([^\0]+))$/;
const PSEUDO = ["!Ref AWS::Partition", "!Ref AWS::Region", "!Ref AWS::AccountId"];

/**
 * The name of a key, from an ARN whose partition, Region or account is unresolved. In the template's own account and Region an
 * alias is the same as its name. In any other, `alias/aws/…` is AWS's all the same; of other aliases only the policy's list
 * can say more.
 */
function tailOf(pieces: readonly Piece[], keys: readonly OwnKey[], at: DocumentPath): Value | undefined {
  const text = pieces.map((piece) => (piece.is === "known" ? piece.text : GAP)).join("");
  const [, partition = "", region = "", account = "", alias, key] = ARN.exec(text) ?? [];
  const isWhole = [partition, region, account].every((part) => part === GAP || !part.includes(GAP));
  const gap = pieces.find((piece) => piece.is === "gap" && !PSEUDO.includes(piece.unresolved.expression));
  if (!isWhole) return undefined;
  const isOwn = gap === undefined && account === GAP;
  if (key !== undefined) {
    const own = keys.find(({ name }) => name === key);
    return isOwn && own ? { is: "scalar", at, value: key, keys: [own] } : undefined;
  }
  if (alias === undefined) return undefined;
  if (isOwn || alias.startsWith("alias/aws/")) return { is: "scalar", at, value: alias, ...keysIn(keys) };
  const rest = pieces.find((piece) => piece.is === "gap");
  if (rest === undefined) return undefined;
  const { expression, reason } = gap?.is === "gap" ? gap.unresolved : rest.unresolved;
  return { is: "unresolved", at, text: alias, expression, reason, ...keysIn(keys), isListable: true };
}
