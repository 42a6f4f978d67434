import type { JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { findServices, isAt, type Mention } from "./find-service.ts";
import { depthAfter } from "./json-depth.ts";
import { isSageMakerCall } from "./wrappers.ts";

export interface SliceOptions {
  /** Such calls are counted and not parsed. It must give the same answer for the same name and source each time. */
  isSkipped?(eventName: string, eventSource: string): boolean;
}

export interface SlicedRecords {
  readonly calls: readonly JsonObject[];
  /** How many calls `isSkipped` left out. */
  readonly skipped: number;
}

const OPENING = '{"Records":[{"eventVersion":"';
const START = Buffer.from('{"eventVersion":"');
const LIST_OF_STARTS = Buffer.from('[{"eventVersion":"');
const FIRST = OPENING.length - START.length;
const INSIGHT = Buffer.from('"Insight"');
const QUOTE = 0x22;
/** The longest name of an operation is far shorter. */
const MAX_NAME = 128;
/** Found fast: Node searches for up to seven bytes by the first of them, which is rare in these files. */
const LIST_PIECE = Buffer.from('[{"even');

/**
 * The calls of SageMaker's services in a log file, without parsing the records that name none; `undefined` where the file has to be
 * parsed whole. Takes only CloudTrail's own compact form: there each record begins with its version, and
 * `{"eventVersion":"` cannot be part of a string, where quotes are escaped.
 *
 * It can be an object within another record. As a single member, or as the last one in a list, it is followed by more
 * than a comma. As the first one in a list, it has a bracket before it. After something else in a list, the record before
 * it is cut short. So a record counts only where it and the record before it are whole objects, which `depthAfter` shows.
 * Only a list that begins with something else and then holds three look-alikes, SageMaker's among them, is taken for
 * records.
 */
export function sliceRecords(text: Buffer, options: SliceOptions = {}): SlicedRecords | undefined {
  const end = endOfRecords(text);
  if (end === -1 || text.toString("latin1", 0, OPENING.length) !== OPENING || hasOtherLists(text)) return undefined;
  // The last record is parsed in any case: a file that was cut short or added to does not end in a whole record.
  if (parseSlice(text, text.lastIndexOf(START), end) === undefined) return undefined;
  const slicing: Slicing = { text, options, calls: [], skipped: 0, wholeUntil: -1 };
  const findService = findServices(text);
  let start = FIRST;
  for (let mention = findService(0); mention; ) {
    let next = text.indexOf(START, start + 1);
    if (next !== -1 && next <= mention.at) {
      start = text.lastIndexOf(START, mention.at);
      next = text.indexOf(START, mention.at);
    }
    if (!takeRecord(slicing, { start, mention, end: next === -1 ? end : next - 1 })) return undefined;
    if (next === -1) break;
    start = next;
    mention = findService(next);
  }
  return { calls: slicing.calls, skipped: slicing.skipped };
}

interface Slicing {
  readonly text: Buffer;
  readonly options: SliceOptions;
  readonly calls: JsonObject[];
  skipped: number;
  /** The end of the last record that was found to be a whole object. */
  wholeUntil: number;
}

/** Offsets of a record, and the first place in it that names one of the services. */
interface RecordSpan {
  readonly start: number;
  readonly mention: Mention;
  readonly end: number;
}

/** Adds the call of a record, if it is one; false where it turns out not to be a record. */
function takeRecord(slicing: Slicing, span: RecordSpan): boolean {
  const { text, options, calls } = slicing;
  if (options.isSkipped && isSkippedRecord(text, span, options.isSkipped)) {
    if (!isAfterRecord(slicing, span.start)) return false;
    slicing.skipped++;
  } else {
    const record = parseSlice(text, span.start, span.end);
    if (record === undefined) return false;
    if (isSageMakerCall(record)) {
      if (!isAfterRecord(slicing, span.start)) return false;
      calls.push(record);
    }
  }
  slicing.wholeUntil = span.end;
  return true;
}

/** The event source and the name are read where they are members of the record itself; and the record is a whole object. */
function isSkippedRecord(
  text: Buffer,
  { start, mention: { at, service }, end }: RecordSpan,
  isSkipped: (eventName: string, eventSource: string) => boolean,
): boolean {
  const source = at - service.nameInMembers;
  if (!isAt(text, service.members, source)) return false;
  const nameStart = source + service.members.length;
  const nameEnd = text.indexOf(QUOTE, nameStart);
  if (nameEnd > Math.min(nameStart + MAX_NAME, end)) return false;
  if (!isSkipped(text.toString("latin1", nameStart, nameEnd), service.eventSource)) return false;
  if (depthAfter(text, start, source, 0) !== 1 || depthAfter(text, source, end, 1) !== 0) return false;
  return text.subarray(nameEnd, end).indexOf(INSIGHT) === -1;
}

/** Whether a whole record, or nothing, is before the one at `start`. */
function isAfterRecord({ text, wholeUntil }: Slicing, start: number): boolean {
  if (start === FIRST || wholeUntil === start - 1) return true;
  return depthAfter(text, text.lastIndexOf(START, start - 1), start - 1, 0) === 0;
}

/** The offset after the last record: before `]}` and the white space around it; -1 where the text ends in another way. */
function endOfRecords(text: Buffer): number {
  const tail = /\}([ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*)$/.exec(text.toString("latin1", Math.max(0, text.length - 64)));
  return tail ? text.length - (tail[1]?.length ?? 0) : -1;
}

function hasOtherLists(text: Buffer): boolean {
  for (let at = text.indexOf(LIST_PIECE, FIRST); at !== -1; at = text.indexOf(LIST_PIECE, at + 1)) {
    if (isAt(text, LIST_OF_STARTS, at)) return true;
  }
  return false;
}

/** `undefined` where it is no JSON object. */
function parseSlice(text: Buffer, start: number, end: number): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.toString("utf8", start, end));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
