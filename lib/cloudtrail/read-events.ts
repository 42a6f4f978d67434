import { toUtf8 } from "../files/decode.ts";
import { type ExplainSyntax, splitDocuments } from "./split-documents.ts";
import { type EventItem, unwrap } from "./unwrap.ts";

export interface ReadOptions {
  /** Gives each event its place in the file. Without it `at` is that of the document, and reading is faster. */
  readonly places: boolean;
  /** Explains a syntax fault. Without it the fault says only that the JSON is broken. */
  readonly explain?: ExplainSyntax;
}

/**
 * The one reader of CloudTrail's events: a log of a trail, what `aws cloudtrail lookup-events` prints, EventBridge
 * envelopes, SQS and SNS messages, rows of Athena and of CloudTrail Lake, and lists of any of these; as JSON, JSON Lines,
 * documents one after another, or CSV; in UTF-8 or UTF-16, unpacked. Never throws: a fault is an item.
 */
export function* readEvents(bytes: Buffer, { places, explain }: ReadOptions): Generator<EventItem> {
  for (const document of splitDocuments(toUtf8(bytes), explain)) {
    if ("fault" in document) yield { is: "fault", at: document.at, because: document.fault };
    else yield* unwrap(document.value, document.at, places);
  }
}
