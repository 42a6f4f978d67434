import { isUnexemptedViolation } from "../judge/justify-stop.ts";
import { defined } from "../model/defined.ts";
import { text } from "../model/member.ts";
import type { ApiCall, SettingVerdict, StateChange } from "../model/types.ts";
import { isNew } from "./is-new.ts";
import type { Ordered, OrderSource, TagOrder } from "./orders.ts";

/** Makes the order for the tags that show the verdict on the resource. */
export function planTag(source: OrderSource): Ordered<TagOrder> {
  const { event, subject, judgement, at } = source;
  const { taggable, kind } = subject.kind;
  if (taggable === false) return { skip: { code: "cannot-tag", kind } };
  if (taggable !== true && requestText(event, taggable.unless)) return { skip: { code: "tags-of-group" } };
  const tags = {
    "keyward:status": judgement.verdict,
    "keyward:reason": reasonTag(judgement.settings),
    "keyward:event": tagValue(event.eventID),
    "keyward:checked": at.toISOString(),
  };
  const { account, region } = event;
  const resource = judgement.resource ?? source.subject.resource;
  const { describe } = source.subject;
  return { order: { resource, describe, account, region, tags, ...defined({ isNew: isNew(source) }) } };
}

const requestText = (event: ApiCall | StateChange, name: string): string | undefined =>
  event.is === "call" && event.request !== "omitted" ? text(event.request, name) : undefined;

/** A tag value has letters, digits, spaces and `_.:/=+-@`, at most 256 characters (AddTags, API Reference). */
const tagValue = (value: string): string =>
  (PLAIN.test(value) ? value : value.replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "_")).slice(0, 256);

/** Most values need no replacement, and this test is faster than one. */
const PLAIN = /^[\w .:/=+\-@]*$/;

function reasonTag(settings: readonly SettingVerdict[]): string {
  const violations = settings.filter(isUnexemptedViolation);
  const named = violations.length > 0 ? violations : settings.filter(({ is }) => is === "undetermined");
  const reasons = named.map(({ path, is }) => `${path.includes("[") ? withoutBrackets(path) : path} ${is}`);
  return tagValue(reasons.join(" / ")) || "undetermined";
}

/** `A[1].B[].C` as `A.1.B.C`: a tag value cannot have brackets. */
const withoutBrackets = (path: string): string => path.replace(/\[([^\]]*)\]/g, ".$1").replace(/\.\./g, ".");
