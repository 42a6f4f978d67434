import type { Facts } from "./facts.ts";
import type { Finding, Is } from "./finding.ts";
import { judgeDaily, judgeLastEvent, judgeQueues, judgeSweep } from "./judge/activity.ts";
import { judgeMode } from "./judge/control.ts";
import { judgeDelivery, judgeRules } from "./judge/delivery.ts";
import { judgeFunctions } from "./judge/function.ts";
import { judgeLedger } from "./judge/ledger.ts";
import { judgeAlarms, judgeSubscriptions } from "./judge/notifications.ts";
import { judgePermissions } from "./judge/permissions.ts";
import { judgeTrail } from "./judge/trail.ts";

export interface Check {
  readonly id: string;
  readonly title: string;
  /** One finding that is good, or all that are not. */
  judge(facts: Facts): readonly Finding[];
}

/** Every check, in the order of an event's way through the installation. */
export const checks: readonly Check[] = [
  { id: "trail", title: "CloudTrail logs write events", judge: judgeTrail },
  { id: "rules", title: "EventBridge rules", judge: judgeRules },
  { id: "delivery", title: "policies of queue and key", judge: judgeDelivery },
  { id: "function", title: "functions and mapping", judge: judgeFunctions },
  { id: "last-event", title: "last event", judge: judgeLastEvent },
  { id: "queues", title: "messages in the queues", judge: judgeQueues },
  { id: "mode", title: "mode and policy", judge: judgeMode },
  { id: "permissions", title: "permissions of the roles", judge: judgePermissions },
  { id: "ledger", title: "ledger's bucket", judge: judgeLedger },
  { id: "subscriptions", title: "subscriptions", judge: judgeSubscriptions },
  { id: "alarms", title: "alarms", judge: judgeAlarms },
  { id: "sweep", title: "sweep", judge: judgeSweep },
  { id: "daily", title: "daily mails", judge: judgeDaily },
];

export interface Checked {
  readonly check: Check;
  readonly is: Is;
  readonly findings: readonly Finding[];
}

const BY_WEIGHT: readonly Is[] = ["problem", "unknown", "warning", "ok"];

/** Judges every check. */
export const judgeAll = (facts: Facts): readonly Checked[] =>
  checks.map((check) => {
    const findings = check.judge(facts);
    return { check, is: worstOf(findings), findings };
  });

/** The worst state of some checks or findings. */
export const worstOf = (all: readonly { readonly is: Is }[]): Is =>
  BY_WEIGHT.find((one) => all.some(({ is }) => is === one)) ?? "ok";
