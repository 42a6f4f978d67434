import { readFileSync } from "node:fs";
import { csvRows } from "./csv.ts";
import { documentsIn } from "./documents-in.ts";
import { eventsIn, isEvent, isList, isSageMakerCall } from "./events-in.ts";
import { faultOf } from "./find-files.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { sliceRecords } from "./slice-records.ts";

/** What a file held: SageMaker's calls, in order; nothing of CloudTrail's; or that it cannot be read, and is left out whole. */
export type LogRead =
  | { readonly is: "read"; readonly calls: readonly unknown[] }
  | { readonly is: "foreign" }
  | { readonly is: "damaged"; readonly because: string };

/** Reads a file at once: what follows takes its time anyway. Never throws. */
export function readFile(path: string): LogRead {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { is: "damaged", because: faultOf(error) };
  }
  return readLog(bytes);
}

/**
 * Reads a file of CloudTrail's history: a log of a trail (gzip or plain, compact or laid out), what `lookup-events`
 * prints, JSON Lines, rows of Athena's UNLOAD, or CloudTrail Lake's query results. Never throws.
 */
export function readLog(bytes: Buffer): LogRead {
  if (!isGzip(bytes)) return readWhole(bytes);
  const unzipped = gunzip(bytes);
  if (unzipped.is === "damaged") return unzipped;
  const sliced = sliceRecords(unzipped.bytes);
  return sliced ? { is: "read", calls: sliced } : readWhole(unzipped.bytes);
}

/** The same without the short cut: `readLog` has to yield what this does. */
export function readWhole(bytes: Buffer): LogRead {
  const begin = opening(bytes);
  if (begin.trim() === "") return { is: "damaged", because: "empty" };
  const table = csvRows(bytes, begin);
  if (!table && !/^\s*[{[]/.test(begin)) return { is: "foreign" };
  try {
    return readValues(table ?? documentsIn(bytes));
  } catch (error) {
    const deep = error instanceof RangeError;
    return { is: "damaged", because: deep ? "nested too deep" : "broken JSON, or JSON that ends early" };
  }
}

function readValues(values: Iterable<unknown>): LogRead {
  let history = false;
  const calls: unknown[] = [];
  for (const value of values) {
    history ||= isList(value);
    for (const event of eventsIn(value)) {
      history ||= isEvent(event);
      if (isSageMakerCall(event)) calls.push(event);
    }
  }
  return history ? { is: "read", calls } : { is: "foreign" };
}

/** As much as tells what it is. */
const opening = (bytes: Buffer): string => bytes.toString(bytes[0] === 0xff ? "utf16le" : "utf8", 0, 400);
