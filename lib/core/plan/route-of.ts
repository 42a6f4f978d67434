import type { Policy, Route } from "../../policy/schema.ts";
import { covers } from "../judge/exempt.ts";
import { isUnexemptedViolation } from "../judge/justify-stop.ts";
import type { ApiCall, Judgement, SettingVerdict, StateChange } from "../model/types.ts";

/** Where a notice goes, and when. Without `to` it goes to the topic for users. */
export type NoticeRoute = Pick<Route, "send" | "to">;

/** Without routes in the policy, and for what none of them matches. */
const USUAL: NoticeRoute = { send: "now" };

/**
 * The route of an event's notice: the first element of the policy's `notify` that matches one of its findings. An element
 * is passed over where the event lacks a member for it. After that, a later `never` does not count: a mail too many is
 * better than one too few.
 */
export function routeOf(event: ApiCall | StateChange, judgement: Judgement, { notify = [] }: Policy): NoticeRoute {
  const { resource } = judgement;
  if (!resource) return USUAL;
  const findings = findingsOf(judgement);
  let isUnclear = false;
  for (const { match, send, to } of notify) {
    const answers = findings.map((finding) => covers(match, event, resource, finding));
    if (answers.includes("yes"))
      return send === "never" && isUnclear ? USUAL : { send, ...(to !== undefined && { to }) };
    isUnclear ||= answers.includes("unknown");
  }
  return USUAL;
}

type Finding = Pick<SettingVerdict, "path" | "protects">;

/** A resource without a finding is matched by its other members. */
const NONE: Finding = { path: "", protects: "" };

/** The violations, or else what is undetermined. A follow-up may have neither: then all settings count. */
function findingsOf({ settings }: Judgement): readonly Finding[] {
  const found = [settings.filter(isUnexemptedViolation), settings.filter(({ is }) => is === "undetermined"), settings];
  return found.find((some) => some.length > 0) ?? [NONE];
}
