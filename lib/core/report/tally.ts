import type { Policy } from "../../policy/schema.ts";
import { isViolation, useOf } from "../judge/exempt.ts";
import { defined } from "../model/defined.ts";
import type { Decision, SettingVerdict, Verdict } from "../model/types.ts";
import { type Hashed, hash30 } from "./hash.ts";
import { needsOf } from "./needs.ts";
import type { Counts, Finding, Report } from "./report.ts";
import { resolutionsOf } from "./resolutions.ts";
import { addCall, type CallTally, countedCalls, createCallTally, mergeCalls, textsInOrder } from "./tally-calls.ts";
import { createSums, limitOf, type Profile, sum, summed } from "./tally-sums.ts";

/** Decisions counted for a report. Each call counts once; ignored and malformed records are only counted. */
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
      eventID,
      eventTime,
      principal: principal ?? "unknown",
      profile: hashedProfile(decision),
      severity: SEVERITY[verdict],
      text: verdict === "compliant" ? undefined : findingText(decision),
    });
  }
}

/** Takes another tally's state into this one, in any order; the other must not be used after that. */
export function mergeTally(tally: Tally, other: Tally): void {
  tally.records += other.records;
  tally.ignored += other.ignored;
  tally.malformed += other.malformed;
  mergeCalls(tally.calls, other.calls);
}

/** The facts of a report that are not in the tally. */
export interface ReportFacts extends Pick<Report, "of" | "madeAt" | "policyVersion"> {
  readonly policy: Policy;
  readonly read: Omit<Report["read"], "records" | "doubles">;
}

/** The report of a tally: the same for the same records, whatever their order. */
export function reportOf(tally: Tally, { of, madeAt, policyVersion, policy, read }: ReportFacts): Report {
  const sums = createSums();
  for (const call of countedCalls(tally.calls)) sum(sums, call);
  const findings = textsInOrder(tally.calls).map((text): Finding => JSON.parse(text));
  const { verdicts: judged, by, settings, actions, unknownOperations } = summed(sums);
  const verdicts: Counts = { ...judged, ignored: tally.ignored, malformed: tally.malformed };
  const more = verdicts["non-compliant"] + verdicts.undetermined + verdicts.exempt - findings.length;
  return {
    of,
    madeAt,
    policyVersion,
    from: tally.calls.from,
    to: tally.calls.to,
    read: { ...read, records: tally.records, doubles: tally.calls.doubles },
    verdicts,
    by,
    settings,
    actions,
    limit: limitOf(sums.stops, policy.limits["stops-per-hour"]),
    exemptions: exemptionsOf(policy, sums.exemptions),
    unknownOperations,
    resolutions: resolutionsOf(sums.needs, policy),
    findings,
    ...defined({ moreFindings: more > 0 ? more : undefined }),
  };
}

/** The policy's exemptions and how often each was used, by the names that decisions use. */
const exemptionsOf = ({ exemptions }: Policy, used: ReadonlyMap<string, number>): Report["exemptions"] =>
  exemptions.map((exemption, i) => {
    const use = useOf(exemption, i);
    return { ...use, used: used.get(use.name) ?? 0 };
  });

const patternOf = (path: string): string => path.replace(/\[[^\]]*\]/g, "[]");

const isOpen = (setting: SettingVerdict): boolean => isViolation(setting) || setting.is === "undetermined";

/** Most calls share a profile with many others, so each profile is written and hashed once. Cleared when it is full. */
const profiles = new Map<string, Hashed>();
const MAX_PROFILES = 10_000;

function hashedProfile(decision: Decision): Hashed {
  const key = profileKey(decision);
  const known = profiles.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(profileOf(decision));
  const profile = { text, hash: hash30(text) };
  if (profiles.size >= MAX_PROFILES) profiles.clear();
  profiles.set(key, profile);
  return profile;
}

/** Different for decisions with different profiles. Each part comes after its length, as a record may hold any text. */
function profileKey(decision: Decision): string {
  const { resource, verdict, eventName, account, region, settings, actions, exemptions } = decision;
  const kind = resource?.kind ?? "unknown";
  let key = `${verdict} ${kind} ${part(account)}${part(region)}`;
  if (kind === "unknown") key += `${resource === null} ${part(eventName)}`;
  for (const one of settings) {
    if (isOpen(one) && one.exempt === undefined) key += `${one.is} ${one.protects} ${part(one.path)}`;
  }
  for (const { do: name, outcome } of actions) key += `${name} ${outcome};`;
  if (exemptions) for (const { name } of exemptions) key += part(name);
  for (const need of needsOf(decision)) key += part(need);
  return key;
}

const part = (text: string | null): string => (text === null ? "-" : `${text.length}:${text}`);

function profileOf(decision: Decision): Profile {
  const { resource, verdict, eventName, account, region, settings, actions } = decision;
  const exemptions = decision.exemptions?.map(({ name }) => name) ?? [];
  const needs = needsOf(decision);
  return {
    verdict,
    kind: resource?.kind ?? "unknown",
    account: account ?? "unknown",
    region: region ?? "unknown",
    settings: settings
      .filter((one) => isOpen(one) && one.exempt === undefined)
      .map(({ path, protects, is }) => ({ path: patternOf(path), protects, is })),
    actions: actions.map(({ do: name, outcome }) => ({ do: name, outcome })),
    ...defined({
      unknown: resource?.kind === "unknown" ? (eventName ?? undefined) : undefined,
      exemptions: exemptions.length > 0 ? exemptions : undefined,
      needs: needs.length > 0 ? needs : undefined,
    }),
  };
}

/** The finding as JSON. Its members are written out: rest and spread take longer than all the rest on Node 20. */
function findingText(decision: Decision): string {
  const { eventID, eventName, eventTime, account, region, principal } = decision;
  const { resource, verdict, reason, settings, actions } = decision;
  return JSON.stringify({
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
    // JSON leaves out a member that is undefined.
    reason,
    settings: settings.filter(isOpen),
    actions: actions.map(({ do: name, outcome }) => `${name} ${outcome}`),
  } satisfies Record<keyof Finding, unknown>);
}
