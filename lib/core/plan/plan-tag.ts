import { isViolation } from "../judge/exempt.ts";
import { text } from "../model/member.ts";
import type { ApiCall, SettingVerdict, StateChange } from "../model/types.ts";
import type { Ordered, OrderSource, TagOrder } from "./orders.ts";

/** Orders the tags that record a verdict on the resource itself. */
export function planTag(source: OrderSource): Ordered<TagOrder> {
  const { event, subject, judgement, at } = source;
  const { taggable, kind } = subject.kind;
  if (taggable === false) return { skip: { code: "cannot-tag", kind } };
  if (taggable !== true && memberOf(event, taggable.unless)) return { skip: { code: "tags-of-group" } };
  const tags = {
    "keyward:status": judgement.verdict,
    "keyward:reason": reasonTag(judgement.settings),
    "keyward:event": tagValue(event.eventID),
    "keyward:checked": at.toISOString(),
  };
  const { account, region } = event;
  const resource = judgement.resource ?? source.subject.resource;
  return { order: { resource, describe: source.subject.describe, account, region, tags } };
}

const memberOf = (event: ApiCall | StateChange, name: string): string | undefined =>
  event.is === "call" && event.request !== "omitted" ? text(event.request, name) : undefined;

/** Tag values take letters, digits, spaces and `_.:/=+-@`, 256 at most (AddTags, API Reference). */
const tagValue = (value: string): string =>
  (PLAIN.test(value) ? value : value.replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "_")).slice(0, 256);

/** Nearly all values need no replacing, and this is faster to know. */
const PLAIN = /^[\w .:/=+\-@]*$/;

function reasonTag(settings: readonly SettingVerdict[]): string {
  const worst = settings.filter((setting) => isViolation(setting) && setting.exempt === undefined);
  const named = worst.length > 0 ? worst : settings.filter(({ is }) => is === "undetermined");
  const reasons = named.map(({ path, is }) => `${path.includes("[") ? withoutBrackets(path) : path} ${is}`);
  return tagValue(reasons.join(" / ")) || "undetermined";
}

/** `A[1].B[].C` as `A.1.B.C`: brackets are not among a tag's characters. */
const withoutBrackets = (path: string): string => path.replace(/\[([^\]]*)\]/g, ".$1").replace(/\.\./g, ".");
