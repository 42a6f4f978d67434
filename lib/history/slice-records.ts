const OPENING = '{"Records":[{"eventVersion":"';
const START = Buffer.from('{"eventVersion":"');
const FIRST = OPENING.length - START.length;
const SERVICE = "sagemaker.amazonaws.com";
/**
 * A piece of the name that Node's search finds fast: short needles are looked for by their first byte, which is rare
 * here, where the whole name's is not.
 */
const NEEDLE = Buffer.from("ker.ama");
const NEEDLE_AT = SERVICE.indexOf(NEEDLE.toString());

const BRACE = 0x7d;
const COMMA = 0x2c;

/**
 * The records of a log file that name SageMaker, without parsing the others; `undefined` where the file has to be parsed
 * whole. Takes only CloudTrail's own compact form whose gzip was intact: there each record begins with its version, and
 * `{"eventVersion":"` cannot stand within a text, whose quotes are escaped.
 *
 * It can stand within another record, as an object. One that is alone or first in a list does not follow `},`, one
 * that is last does not parse, nor does the record that is cut short before one. Only a list that begins with something
 * else and holds three whole look-alikes, SageMaker's between two others, is taken for records.
 */
export function sliceRecords(text: Buffer): unknown[] | undefined {
  if (text.toString("latin1", 0, OPENING.length) !== OPENING) return undefined;
  const starts = startsIn(text);
  // The last one is looked at in any case: a file that was cut short or added to ends in no whole record.
  if (!starts || !isWhole(text, starts, starts.length - 2)) return undefined;
  const found: unknown[] = [];
  for (let piece = 0, at = namedFrom(text, 0); at !== -1; at = namedFrom(text, starts[piece] ?? text.length)) {
    while ((starts[piece + 1] ?? text.length) <= at) piece++;
    const record = recordAt(text, starts, piece);
    if (record === undefined || !isWhole(text, starts, piece - 1)) return undefined;
    found.push(record);
    piece++;
  }
  return found;
}

/** Where each record begins, and then where one more would; `undefined` where something begins that follows no record. */
function startsIn(text: Buffer): number[] | undefined {
  const end = endOfRecords(text);
  if (end === -1) return undefined;
  const starts = [FIRST];
  for (let at = FIRST; ; starts.push(at)) {
    at = text.indexOf(START, at + START.length);
    if (at === -1) return [...starts, end + 1];
    if (text[at - 1] !== COMMA || text[at - 2] !== BRACE) return undefined;
  }
}

/** Where the last record ends: before `]}` and what white space follows. */
function endOfRecords(text: Buffer): number {
  const tail = /\}([ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*)$/.exec(text.toString("latin1", Math.max(0, text.length - 64)));
  return tail ? text.length - (tail[1]?.length ?? 0) : -1;
}

/** Where the service's name stands next, from there on; -1 where it does not. */
function namedFrom(text: Buffer, from: number): number {
  for (let at = from + NEEDLE_AT; ; at++) {
    at = text.indexOf(NEEDLE, at);
    if (at === -1) return -1;
    const begin = at - NEEDLE_AT;
    if (text.toString("latin1", begin, begin + SERVICE.length) === SERVICE) return begin;
  }
}

const isWhole = (text: Buffer, starts: readonly number[], piece: number): boolean =>
  piece < 0 || recordAt(text, starts, piece) !== undefined;

function recordAt(text: Buffer, starts: readonly number[], piece: number): unknown {
  try {
    return JSON.parse(text.toString("utf8", starts[piece], (starts[piece + 1] ?? 0) - 1));
  } catch {
    return undefined;
  }
}
