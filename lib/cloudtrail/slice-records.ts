import type { JsonObject } from "../core/model/types.ts";
import { eventsIn, isSageMakerCall } from "./events-in.ts";

const OPENING = '{"Records":[{"eventVersion":"';
const START = Buffer.from('{"eventVersion":"');
const LIST_OF_STARTS = Buffer.from('[{"eventVersion":"');
const FIRST = OPENING.length - START.length;
const SERVICE = Buffer.from("sagemaker.amazonaws.com");
/**
 * Pieces of what is looked for that Node finds fast: up to seven bytes are looked for by the first of them, which is
 * rare in these files; the service's name as a whole would take six times as long.
 */
const SERVICE_PIECE = Buffer.from("ker.ama");
const LIST_PIECE = Buffer.from('[{"even');

/**
 * SageMaker's calls in a log file, without parsing the records that do not name it; `undefined` where the file has to be
 * parsed whole. Takes only CloudTrail's own compact form whose gzip was intact: there each record begins with its
 * version, and `{"eventVersion":"` cannot stand within a text, whose quotes are escaped.
 *
 * It can stand within another record, as an object. One that stands alone, or last in a list, is followed by more than
 * a comma and so does not parse up to the next; one that is the first in a list is seen by its bracket; one after
 * something else in a list follows a record that is cut short. Only a list that begins with something else and then holds
 * three whole look-alikes, SageMaker's in their midst, is taken for records.
 */
export function sliceRecords(text: Buffer): JsonObject[] | undefined {
  const end = endOfRecords(text);
  if (end === -1 || text.toString("latin1", 0, OPENING.length) !== OPENING || hasOtherLists(text)) return undefined;
  // The last one is looked at in any case: a file that was cut short or added to ends in no whole record.
  if (parsed(text, text.lastIndexOf(START), end) === undefined) return undefined;
  const calls: JsonObject[] = [];
  for (let at = find(text, SERVICE, SERVICE_PIECE, 0); at !== -1; ) {
    const next = text.indexOf(START, at);
    const found = callsAt(text, text.lastIndexOf(START, at), next === -1 ? end : next - 1);
    if (!found) return undefined;
    calls.push(...found);
    at = next === -1 ? -1 : find(text, SERVICE, SERVICE_PIECE, next);
  }
  return calls;
}

/** Where the last record ends: before `]}` and what white space follows; -1 where it does not. */
function endOfRecords(text: Buffer): number {
  const tail = /\}([ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*)$/.exec(text.toString("latin1", Math.max(0, text.length - 64)));
  return tail ? text.length - (tail[1]?.length ?? 0) : -1;
}

const hasOtherLists = (text: Buffer): boolean => find(text, LIST_OF_STARTS, LIST_PIECE, FIRST) !== -1;

/** Where something stands next, found by a piece of it; -1 where it does not. */
function find(text: Buffer, what: Buffer, piece: Buffer, from: number): number {
  const offset = what.indexOf(piece);
  for (let at = from + offset; ; at++) {
    at = text.indexOf(piece, at);
    if (at === -1) return -1;
    const begin = at - offset;
    if (text.compare(what, 0, what.length, begin, begin + what.length) === 0) return begin;
  }
}

/** The calls of a record; `undefined` where it turns out not to be one. */
function callsAt(text: Buffer, start: number, end: number): JsonObject[] | undefined {
  const record = parsed(text, start, end);
  if (record === undefined) return undefined;
  const calls = [...eventsIn(record)].filter(isSageMakerCall);
  if (calls.length === 0 || start === FIRST) return calls;
  return parsed(text, text.lastIndexOf(START, start - 1), start - 1) === undefined ? undefined : calls;
}

function parsed(text: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(text.toString("utf8", start, end));
  } catch {
    return undefined;
  }
}
