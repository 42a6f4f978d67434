import { kindOf } from "../../catalogue/kinds.ts";
import type { Kind, Reference } from "../../catalogue/vocabulary.ts";
import { isViolation } from "../../core/judge/exempt.ts";
import type { JsonObject } from "../../core/model/json.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { EventHead, ExemptionUse, Holder, Outcome, Resource, SettingVerdict } from "../../core/model/types.ts";
import { capital, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { type Quote, quoted } from "../../text/untrusted.ts";

/** A cause that was mailed before. */
export interface RepeatedCause {
  readonly kind: string;
  readonly name: string;
  /** When its last mail went out: ISO 8601, UTC. */
  readonly mailed: string;
  /** The number of events since then, this one included. */
  readonly events: number;
}

/** The facts of a mail. */
export interface MailFacts {
  readonly event: EventHead;
  /** The operation whose settings were judged, such as CreateTrainingJob. */
  readonly operation: string;
  /** Used only for the members that name the resource, because a request may hold secrets. */
  readonly request: JsonObject | "omitted";
  readonly resource: Resource;
  /** Only a follow-up is `compliant` or `exempt`: the policy or a key has changed since the first mail. */
  readonly verdict: "non-compliant" | "undetermined" | "compliant" | "exempt";
  readonly reason?: Reason;
  readonly settings: readonly SettingVerdict[];
  /** The Describe calls that returned the settings, in order. */
  readonly followed: readonly string[];
  /** The resource that the event refers to, and that has the settings. */
  readonly holder?: Holder;
  /** The ways of the event's operation to such a resource. */
  readonly references: readonly Reference[];
  /** The parent that started the resource, and that is stopped instead. */
  readonly parent?: Resource;
  /** Absent in the first mail about a cause. */
  readonly repeated?: RepeatedCause;
  /** A stop that did not succeed is tried again, and a follow-up says how it ended. */
  readonly willRetry?: true;
  /** The event was mailed before; this says how its stop ended. */
  readonly isFollowUp?: true;
  /** An attempt to stop it had no answer, or stopped only a part. */
  readonly mayBeStopped?: true;
  /** Names the resource for chats, which show the mails of one thread together. */
  readonly thread?: string;
  /** Expired exemptions that match the resource. */
  readonly expired: readonly ExemptionUse[];
  /** The outcomes of tagging and stopping. */
  readonly outcomes: readonly Outcome[];
  readonly contact?: string;
  readonly acceptKeys: "any" | "customer-managed" | "listed";
  /** A key that the policy accepts, for the command in the mail. */
  readonly suggestedKey?: string;
}

/** The facts as clean text. All forms of the mail are made of it. */
export interface MailText {
  readonly facts: MailFacts;
  /** How this form of the mail shows a value of the caller. */
  readonly quote: Quote;
  readonly noun: SafeText;
  readonly kind: Kind | undefined;
  readonly name: SafeText;
  readonly where: SafeText;
  readonly who: SafeText;
  readonly headline: SafeText;
  readonly findings: readonly SettingVerdict[];
  readonly stop: Outcome | undefined;
  /** The parent in words: `pipeline execution churn/execution/1`. */
  readonly parent: SafeText | undefined;
  /** The cause that was mailed before, in words: `Studio domain d-abc`. */
  readonly cause: SafeText | undefined;
  /** The kind of the resource that is stopped and fixed: the parent's kind, or its own. */
  readonly stopKind: Kind | undefined;
}

/** Makes clean text of the facts of a mail. */
export function mailTextOf(facts: MailFacts, quote: Quote = quoted): MailText {
  const kind = facts.resource.kind === "unknown" ? undefined : kindOf(facts.resource.kind);
  const stop = facts.outcomes.find((outcome) => outcome.do === "stop");
  const noun = kind ? ownText(kind.noun) : safeText`${quote(facts.operation, 64)} call`;
  const name = quote(facts.resource.name ?? "", 100);
  const bad = facts.settings.filter((setting) => isViolation(setting) && setting.exempt === undefined);
  const started = facts.parent && kindOf(facts.parent.kind);
  const cause =
    facts.repeated && safeText`${ownText(kindOf(facts.repeated.kind).noun)} ${quote(facts.repeated.name, 100)}`;
  const mailText = {
    cause,
    facts,
    quote,
    noun,
    kind,
    name,
    stop,
    stopKind: started ?? kind,
    parent: started && safeText`${ownText(started.noun)} ${quote(facts.parent?.name ?? "", 100)}`,
    where: safeText`account ${quote(facts.event.account ?? "unknown", 20)}, ${quote(facts.event.region ?? "unknown", 30)}`,
    who: quote(facts.event.principal ?? "not in the event", 256),
    findings: bad.length > 0 ? bad : facts.settings.filter(({ is }) => is === "undetermined"),
  };
  return { ...mailText, headline: followUpHeadline(mailText) ?? repeatedHeadline(mailText) ?? headlineOf(mailText) };
}

const ENDS: Readonly<Partial<Record<Outcome["outcome"], SafeText>>> = {
  done: safeText`has been stopped`,
  "already-done": safeText`is not running any more`,
};

/** Nothing is wrong any more. */
export const isClear = ({ verdict }: Pick<MailFacts, "verdict">): boolean =>
  verdict === "compliant" || verdict === "exempt";

/** How the stop ended that the mail before this one announced. */
function followUpHeadline({ facts, noun, name, parent, stop }: Omit<MailText, "headline">): SafeText | undefined {
  if (!facts.isFollowUp) return undefined;
  const own = name === "" ? noun : safeText`${noun} ${name}`;
  if (facts.verdict === "compliant") return safeText`${capital(own)}, reported before, complies with the policy now`;
  if (facts.verdict === "exempt") return safeText`${capital(own)}, reported before, is exempt now`;
  const isLeft = stop === undefined || stop.outcome === "skipped";
  const left = facts.mayBeStopped ? "may have been stopped" : "is not stopped";
  const ended = isLeft ? left : (ENDS[stop.outcome] ?? "could not be stopped");
  return safeText`${capital(parent ?? own)}, reported before, ${ended}`;
}

/** The cause comes first in a further mail about it. */
function repeatedHeadline(mailText: Omit<MailText, "headline">): SafeText | undefined {
  const { repeated } = mailText.facts;
  if (!repeated || mailText.cause === undefined) return undefined;
  return safeText`${capital(mailText.cause)}: ${eventsSince(repeated)}. The last one: ${headlineOf(mailText)}`;
}

/** "12 events since the mail of 2026-11-02". */
export const eventsSince = ({ events, mailed }: RepeatedCause): SafeText =>
  safeText`${events} event${events === 1 ? "" : "s"} since the mail of ${quoted(mailed.slice(0, 10), 10)}`;

function headlineOf({ facts, noun, name, stop, parent, findings }: Omit<MailText, "headline">): SafeText {
  const named = name === "" ? noun : safeText`${noun} ${name}`;
  const what = parent === undefined ? named : safeText`${named}, started by ${parent},`;
  const What = capital(what);
  if (facts.verdict === "undetermined") {
    return findings.some(isViolation)
      ? safeText`${What} is not under an accepted KMS key, unless an exemption covers it`
      : safeText`Keyward cannot determine whether ${what} is under an accepted KMS key`;
  }
  const flags = findings.length > 0 && findings.every(({ protects }) => protects === "in-transit");
  const faulty = flags
    ? safeText`${What} does not encrypt the traffic between its nodes`
    : safeText`${What} is not under an accepted KMS key`;
  const it = parent === undefined ? "" : safeText`the ${facts.parent ? ownText(kindOf(facts.parent.kind).noun) : ""} `;
  switch (stop?.outcome) {
    case "done":
      return safeText`${faulty} and ${it}was stopped`;
    case "already-done":
      return safeText`${faulty} and ${it}had ended`;
    case "deferred":
      return safeText`${faulty} and ${it}will be stopped`;
    case "failed":
      return safeText`${faulty} and ${it}could not be stopped${facts.willRetry ? " yet; Keyward tries again" : ""}`;
    case "denied":
      return safeText`${faulty} and ${it}could not be stopped`;
    default:
      return faulty;
  }
}
