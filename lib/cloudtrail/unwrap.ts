import type { Json } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { parseJson } from "../core/model/parse-json.ts";
import { isRow, recordOfRow } from "./athena-row.ts";
import { wrappedIn } from "./wrappers.ts";

/** What a document holds, in order. `at` is the place in the file, such as `Records[3]` or `line 7 Records[0].body`. */
export type EventItem =
  /** Any JSON value that is no wrapper; `wrapped` where a wrapper was around it. */
  | { readonly is: "event"; readonly at: string; readonly event: unknown; readonly wrapped: boolean }
  /** A list without an event. */
  | { readonly is: "empty-list"; readonly at: string; readonly wrapped: boolean }
  | { readonly is: "fault"; readonly at: string; readonly because: string };

/** Deeper than SQS in SNS in a log in a list; what is beyond is refused. */
const MAX_DEPTH = 32;

interface Walk {
  readonly items: EventItem[];
  /** The place of the document, where a fault of all of it is reported. */
  readonly start: string;
  /** Places cost time; without them every `at` is that of the document. */
  readonly places: boolean;
}

/** The events in a document, out of all wrappers. Never throws. */
export function unwrap(value: unknown, at: string, places: boolean): EventItem[] {
  const walk: Walk = { items: [], start: at, places };
  return visit(walk, value, { at, wrapped: false, depth: 0 })
    ? walk.items
    : [{ is: "fault", at, because: "nested too deep; give an event as CloudTrail writes it" }];
}

interface Place {
  readonly at: string;
  readonly wrapped: boolean;
  readonly depth: number;
}

/** False where it is nested too deep. */
function visit(walk: Walk, value: unknown, place: Place): boolean {
  if (place.depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return visitAll(walk, value, place);
  const { at, depth } = place;
  const inner = isObject(value) ? wrappedIn(value) : undefined;
  if (inner === undefined) {
    walk.items.push(itemOf(value, place));
    return true;
  }
  const within: Place = { at: memberPlace(walk, at, inner.member), wrapped: true, depth: depth + 1 };
  if (inner.holds === "values") return visit(walk, inner.value, within);
  const parsed = parseText(inner.text);
  if (parsed !== undefined) return visit(walk, parsed, within);
  walk.items.push({ is: "fault", at: within.at, because: "not JSON; it should hold an event as text" });
  return true;
}

function visitAll(walk: Walk, values: readonly unknown[], { at, wrapped, depth }: Place): boolean {
  if (values.length === 0) walk.items.push({ is: "empty-list", at, wrapped });
  for (let i = 0; i < values.length; i++) {
    const place = { at: walk.places ? `${at}[${i}]` : at, wrapped, depth: depth + 1 };
    if (!visit(walk, values[i], place)) return false;
  }
  return true;
}

/** A row of Athena is made a record again. */
function itemOf(value: unknown, { at, wrapped }: Place): EventItem {
  if (!isObject(value) || !isRow(value)) return { is: "event", at, event: value, wrapped };
  const event = recordOfRow(value);
  if (event === undefined)
    return { is: "fault", at, because: "a row with a column that should hold JSON and does not" };
  return { is: "event", at, event, wrapped };
}

function parseText(text: string): Json | undefined {
  try {
    return parseJson(text) as Json;
  } catch {
    return undefined;
  }
}

const memberPlace = ({ places }: Walk, at: string, member: string): string => (places ? joinPlace(at, member) : at);

/** `Records[0].body`; the number of a line or a row is no part of the path. */
export function joinPlace(at: string, member: string): string {
  if (at === "") return member;
  return /^(line|row) \d+$/.test(at) ? `${at} ${member}` : `${at}.${member}`;
}
