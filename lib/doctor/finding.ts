import type { Reason } from "../core/model/reason.ts";
import type { Fact } from "./facts.ts";

/** One result of a check: a code, and the facts that its sentence needs. `lib/doctor/words.ts` makes the sentence. */
export type Finding = {
  readonly [C in FindingCode]: { readonly is: Is; readonly code: C } & FindingFacts[C];
}[FindingCode];

/** `warning`: it may be meant so, and does not count as a problem. */
export type Is = "ok" | "warning" | "problem" | "unknown";

export type FindingCode = keyof FindingFacts;

type None = Readonly<Record<never, never>>;

/** The facts of each code, by check. */
export interface FindingFacts {
  /** AWS did not answer. `action`: the IAM action; `denied`: the caller lacks it. */
  readonly "not-known": { readonly action: string; readonly denied: boolean; readonly reason: Reason };
  /** A resource of the stack that is no longer there. */
  readonly gone: { readonly what: string; readonly name: string };

  readonly "trail-logs": { readonly trail: string };
  readonly "no-trail": None;
  readonly "trail-stopped": { readonly trail: string };
  readonly "trail-without-writes": { readonly trail: string };
  readonly "trail-excludes": { readonly trail: string };

  readonly "rules-enabled": { readonly count: number };
  readonly "rule-disabled": { readonly rule: string };
  readonly "target-missing": { readonly rule: string; readonly queue: string };

  readonly "delivery-allowed": { readonly key: string };
  readonly "queue-refuses": { readonly queue: string; readonly rules: readonly string[] };
  readonly "key-refuses": { readonly key: string; readonly actions: readonly string[] };
  readonly "key-state": { readonly key: string; readonly state: string };
  /** A condition in a policy cannot be decided from here. */
  readonly "condition-open": { readonly of: "queue" | "key"; readonly action: string };

  readonly "function-runs": None;
  readonly "mapping-state": { readonly mapping: string; readonly state: string };
  readonly "mapping-fails": { readonly mapping: string; readonly result: string };
  readonly "function-state": { readonly function: string; readonly state: string; readonly because: string };
  readonly "function-update": { readonly function: string; readonly status: string; readonly because: string };
  readonly "function-blocked": { readonly function: string };

  readonly "subscriptions-confirmed": { readonly count: number };
  readonly "subscription-pending": { readonly endpoint: string; readonly protocol: string; readonly topic: string };
  readonly "subscription-missing": { readonly endpoint: string; readonly of: string; readonly topic: string };
  readonly "nobody-subscribed": { readonly of: "users" | "operators"; readonly topic: string };

  readonly "alarms-wired": { readonly count: number };
  readonly "alarm-gone": { readonly alarm: string };
  readonly "alarm-actions-off": { readonly alarm: string };
  readonly "alarm-unwired": { readonly alarm: string; readonly topic: string };
  readonly "in-alarm": { readonly alarm: string; readonly because: string };

  readonly "last-event": { readonly at: Date };
  readonly "no-event-yet": { readonly days: number };
  readonly silent: { readonly at: Date; readonly days: number };
  readonly "not-handled": { readonly matched: Date; readonly handled: Date | undefined };
  readonly "queue-empty": { readonly waiting: number };
  readonly "queue-slow": { readonly minutes: number; readonly waiting: number };
  readonly "dead-letters": { readonly count: number; readonly url: string; readonly arn: string };

  readonly "mode-in-force": {
    readonly mode: string;
    readonly by: "switch" | "parameter" | "policy";
    /** The version; undefined for the one that is built in. */
    readonly policy: string | undefined;
  };
  readonly "switched-off": { readonly by: "switch" | "parameter" | "policy" };
  readonly "control-unusable": { readonly bucket: string; readonly reason: Reason };
  readonly "policy-unusable": { readonly version: string; readonly reason: Reason };

  readonly "permissions-held": { readonly roles: number };
  readonly "permission-denied": {
    readonly role: string;
    readonly by: "boundary" | "organization" | "policies";
    readonly actions: readonly string[];
  };

  readonly "ledger-fine": { readonly bucket: string };
  readonly "ledger-not-own": { readonly bucket: string };
  readonly "ledger-key": { readonly bucket: string; readonly has: string; readonly key: string };
  readonly "ledger-public": { readonly bucket: string };
  readonly "ledger-unversioned": { readonly bucket: string };
  readonly "ledger-lock": { readonly bucket: string; readonly days: number | undefined; readonly wanted: number };

  readonly "sweep-scheduled": { readonly at: Date | undefined };
  readonly "daily-scheduled": object;
  readonly "schedule-state": { readonly schedule: string; readonly state: string };
  readonly "schedule-target": { readonly schedule: string; readonly target: string };
  readonly "sweep-late": { readonly at: Date | undefined; readonly hours: number };
}

const finding =
  (is: Is) =>
  <C extends FindingCode>(code: C, facts: FindingFacts[C]): Finding =>
    ({ is, code, ...facts }) as unknown as Finding;

export const ok = finding("ok");
export const warning = finding("warning");
export const problem = finding("problem");
const unknown = finding("unknown");

/** The findings about a fact: those of its value, or why it is not known. `what` and `name`: the resource. */
export function settle<T>(
  fact: Fact<T>,
  [what, name]: readonly [what: string, name: string],
  judge: (value: T) => readonly Finding[],
): readonly Finding[] {
  switch (fact.is) {
    case "known":
      return judge(fact.value);
    case "absent":
      return [problem("gone", { what, name })];
    default:
      return [unknown("not-known", { action: fact.action, denied: fact.is === "denied", reason: fact.reason })];
  }
}

/** `condition-open` is the one finding that AWS answered and that is not known all the same. */
export const open = (facts: FindingFacts["condition-open"]): Finding => unknown("condition-open", facts);

/** The findings that are not good, or the one that says that all is. */
export const orElse = (findings: readonly Finding[], fine: Finding): readonly Finding[] =>
  findings.length > 0 ? findings : [fine];
