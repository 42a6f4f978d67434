import { type ServiceName, services } from "../catalogue/services.ts";
import type { JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
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
/**
 * Pieces of what is searched for that Node finds fast: it searches for up to seven bytes by the first of them, which is
 * rare in these files. Searching for the whole name of a service takes six times as long.
 */
const PIECES: Readonly<Record<ServiceName, string>> = {
  sagemaker: "ker.ama",
  "sagemaker-geospatial": "ker-geo",
  datazone: "zone.am",
};
const LIST_PIECE = Buffer.from('[{"even');

/** A service's name as `eventSource` has it, and how it is searched for. */
interface Searched {
  readonly eventSource: string;
  readonly name: Buffer;
  readonly piece: Buffer;
  /** The members of a record of the service, up to the operation's name. */
  readonly members: Buffer;
  readonly nameInMembers: number;
}

const SEARCHED: readonly Searched[] = services.map(({ service, eventSource }) => {
  const members = Buffer.from(`"eventSource":"${eventSource}","eventName":"`);
  const name = Buffer.from(eventSource);
  return { eventSource, name, piece: Buffer.from(PIECES[service]), members, nameInMembers: members.indexOf(name) };
});

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
  const mentions = new Array<number>(SEARCHED.length).fill(BEFORE);
  let start = FIRST;
  for (let mention = nextMention(text, mentions, 0); mention; ) {
    let next = text.indexOf(START, start + 1);
    if (next !== -1 && next <= mention.at) {
      start = text.lastIndexOf(START, mention.at);
      next = text.indexOf(START, mention.at);
    }
    if (!takeRecord(slicing, { start, mention, end: next === -1 ? end : next - 1 })) return undefined;
    if (next === -1) break;
    start = next;
    mention = nextMention(text, mentions, next);
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

/** A place that names a service. */
interface Mention {
  readonly at: number;
  readonly service: Searched;
}

/** Offsets of a record, and the first place in it that names one of the services. */
interface RecordSpan {
  readonly start: number;
  readonly mention: Mention;
  readonly end: number;
}

/** Nothing was searched for yet. */
const BEFORE = -2;
const NONE = -1;

/** The first mention of any service from an offset on. `mentions` holds each service's next one, so that each is searched for once. */
function nextMention(text: Buffer, mentions: number[], from: number): Mention | undefined {
  let first: Mention | undefined;
  for (const [i, service] of SEARCHED.entries()) {
    let at = mentions[i] ?? NONE;
    if (at !== NONE && at < from) {
      at = find(text, service.name, service.piece, from);
      mentions[i] = at;
    }
    if (at !== NONE && (first === undefined || at < first.at)) first = { at, service };
  }
  return first;
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

const hasOtherLists = (text: Buffer): boolean => find(text, LIST_OF_STARTS, LIST_PIECE, FIRST) !== -1;

/** The next offset of `searched`, which is found by a piece of it; -1 where there is none. */
function find(text: Buffer, searched: Buffer, piece: Buffer, from: number): number {
  const offset = searched.indexOf(piece);
  for (let at = from + offset; ; at++) {
    at = text.indexOf(piece, at);
    if (at === -1) return -1;
    if (isAt(text, searched, at - offset)) return at - offset;
  }
}

function isAt(text: Buffer, searched: Buffer, at: number): boolean {
  if (at < 0) return false;
  for (let i = 0; i < searched.length; i++) if (text[at + i] !== searched[i]) return false;
  return true;
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
