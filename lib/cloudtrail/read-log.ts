import type { JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { toUtf8 } from "../files/decode.ts";
import { type FileContent, readFile } from "../files/read-file.ts";
import { eventColumn } from "./csv.ts";
import { readEvents } from "./read-events.ts";
import { type SliceOptions, sliceRecords } from "./slice-records.ts";
import { openingOf } from "./split-documents.ts";
import type { EventItem } from "./unwrap.ts";
import { isEvent, isSageMakerCall } from "./wrappers.ts";

/** SageMaker's calls in a file, in order; or it holds nothing of CloudTrail's; or it cannot be read, and is left out whole. */
export type LogRead =
  | {
      readonly is: "read";
      readonly calls: readonly JsonObject[];
      /** How many calls `isSkipped` left out. */
      readonly skipped: number;
    }
  | { readonly is: "foreign" }
  | { readonly is: "damaged"; readonly because: string };

/** A log of CloudTrail has 50 MB at most; query results may be larger. Each thread may hold one such file. */
export const LOG_LIMIT = { maxBytes: 512 * 1024 ** 2, shared: true } as const;

/** Reads a file at once, gzip or plain. Never throws. */
export const readLogFile = (path: string, options: SliceOptions): LogRead =>
  readLog(readFile(path, LOG_LIMIT), options);

/**
 * Reads SageMaker's calls out of a file of CloudTrail's history, whatever its form (see `readEvents`). A log in
 * CloudTrail's own form is not parsed but for the records that name SageMaker. Never throws.
 */
export function readLog(content: FileContent, options: SliceOptions = {}): LogRead {
  if (content.is === "fault") return { is: "damaged", because: content.because };
  // Most of a file that is sliced is not parsed: only a checksum shows that it is intact.
  const sliced = content.isChecked ? sliceRecords(content.bytes, options) : undefined;
  return sliced ? { is: "read", ...sliced } : readWhole(content.bytes);
}

/** The same without slicing: `readLog` has to give the same calls as this. */
export function readWhole(bytes: Buffer): LogRead {
  const opening = openingOf(toUtf8(bytes.subarray(0, SAMPLE_BYTES)));
  if (opening.trim() === "") return { is: "damaged", because: "empty" };
  if (!/^\s*[{[]/.test(opening) && eventColumn(opening) === undefined) return { is: "foreign" };
  let isHistory = false;
  const calls: JsonObject[] = [];
  for (const item of readEvents(bytes, { places: false })) {
    if (item.is === "fault") return { is: "damaged", because: item.because };
    isHistory ||= isOfHistory(item);
    if (item.is === "event" && isObject(item.event) && isSageMakerCall(item.event)) calls.push(item.event);
  }
  return isHistory ? { is: "read", calls, skipped: 0 } : { is: "foreign" };
}

const SAMPLE_BYTES = 1024;

/** A log or an answer of CloudTrail's, even one without an event. */
const isOfHistory = (item: EventItem): boolean =>
  (item.is !== "fault" && item.wrapped) || (item.is === "event" && isObject(item.event) && isEvent(item.event));
