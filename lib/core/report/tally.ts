import type { Policy } from "../../policy/schema.ts";
import { isViolation, useOf } from "../judge/exempt.ts";
import type { Decision, SettingVerdict, Verdict } from "../model/types.ts";
import type { Counts, Finding, Report } from "./report.ts";
import { addCall, type CallTally, countedCalls, createCallTally, mergeCalls, toldInOrder } from "./tally-calls.ts";
import { createSums, limitOf, type Profile, sum, summed } from "./tally-sums.ts";

/** Decisions on their way into a report. Calls count once each; what is ignored or malformed is only counted. */
export interface Tally {
  readonly calls: CallTally;
  records: number;
  ignored: number;
  malformed: number;
}

export const createTally = (maxFindings?: number): Tally => ({
  calls: createCallTally(maxFindings),
  records: 0,
  ignored: 0,
  malformed: 0,
});

/** The worse verdict comes first: of two different records of one call it is the one that counts. */
const SEVERITY: Readonly<Record<Verdict, number>> = {
  "non-compliant": 0,
  undetermined: 1,
  exempt: 2,
  compliant: 3,
  ignored: 3,
  malformed: 3,
};

/** Counts so many records that are ignored. */
export function tallyIgnored(tally: Tally, count: number): void {
  tally.records += count;
  tally.ignored += count;
}

/** Counts the decision about one record. */
export function tallyDecision(tally: Tally, decision: Decision): void {
  tally.records++;
  const { eventID, eventTime, principal, verdict } = decision;
  if (verdict === "ignored") tally.ignored++;
  else if (verdict === "malformed" || eventID === null || eventTime === null) tally.malformed++;
  else {
    addCall(tally.calls, {
      ...{ eventID, eventTime },
      principal: principal ?? "unknown",
      profile: JSON.stringify(profileOf(decision)),
      severity: SEVERITY[verdict],
      ...(verdict === "compliant" ? {} : { text: JSON.stringify(findingOf(decision)) }),
    });
  }
}

/** Takes another tally's state into this one, in any order; the other is not to be used after that. */
export function mergeTally(tally: Tally, other: Tally): void {
  tally.records += other.records;
  tally.ignored += other.ignored;
  tally.malformed += other.malformed;
  mergeCalls(tally.calls, other.calls);
}

/** What a report says besides what was tallied. */
export interface ReportFacts extends Pick<Report, "of" | "madeAt" | "policyVersion"> {
  readonly policy: Policy;
  readonly read: Omit<Report["read"], "records" | "doubles">;
}

/** The report of a tally: the same for the same records, however they came. */
export function reportOf(tally: Tally, { of, madeAt, policyVersion, policy, read }: ReportFacts): Report {
  const sums = createSums();
  for (const call of countedCalls(tally.calls)) sum(sums, call);
  const findings = toldInOrder(tally.calls).map((text): Finding => JSON.parse(text));
  const { verdicts: judged, by, settings, actions, unknownOperations } = summed(sums);
  const verdicts: Counts = { ...judged, ignored: tally.ignored, malformed: tally.malformed };
  const more = verdicts["non-compliant"] + verdicts.undetermined + verdicts.exempt - findings.length;
  return {
    ...{ of, madeAt, policyVersion },
    ...{ from: tally.calls.from, to: tally.calls.to },
    read: { ...read, records: tally.records, doubles: tally.calls.doubles },
    verdicts,
    ...{ by, settings, actions },
    limit: limitOf(sums.stops, policy.limits["stops-per-hour"]),
    exemptions: exemptionsOf(policy, sums.exemptions),
    unknownOperations,
    findings,
    ...(more > 0 ? { moreFindings: more } : {}),
  };
}

/** The policy's exemptions and how often each was used, by the names that decisions call them. */
const exemptionsOf = ({ exemptions }: Policy, used: ReadonlyMap<string, number>): Report["exemptions"] =>
  exemptions.map((exemption, i) => {
    const use = useOf(exemption, i);
    return { ...use, used: used.get(use.name) ?? 0 };
  });

const patternOf = (path: string): string => path.replace(/\[[^\]]*\]/g, "[]");

const isOpen = (setting: SettingVerdict): boolean => isViolation(setting) || setting.is === "undetermined";

function profileOf(decision: Decision): Profile {
  const { resource, verdict, eventName, account, region, settings, actions } = decision;
  const exemptions = decision.exemptions?.map(({ name }) => name) ?? [];
  return {
    verdict,
    kind: resource?.kind ?? "unknown",
    account: account ?? "unknown",
    region: region ?? "unknown",
    settings: settings
      .filter((one) => isOpen(one) && one.exempt === undefined)
      .map(({ path, protects, is }) => ({ path: patternOf(path), protects, is })),
    actions: actions.map(({ do: name, outcome }) => ({ do: name, outcome })),
    ...(resource?.kind === "unknown" && eventName !== null ? { unknown: eventName } : {}),
    ...(exemptions.length > 0 ? { exemptions } : {}),
  };
}

function findingOf({ eventID, eventName, eventTime, account, region, principal, ...decision }: Decision): Finding {
  const { resource, verdict, because, settings, actions } = decision;
  return {
    eventID: eventID ?? "",
    eventName: eventName ?? "unknown",
    eventTime: eventTime ?? "",
    account: account ?? "unknown",
    region: region ?? "unknown",
    principal: principal ?? "unknown",
    kind: resource?.kind ?? "unknown",
    name: resource?.name ?? "",
    arn: resource?.arn ?? null,
    verdict,
    ...(because === undefined ? {} : { because }),
    settings: settings.filter(isOpen),
    actions: actions.map(({ do: name, outcome }) => `${name} ${outcome}`),
  };
}
