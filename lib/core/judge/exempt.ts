import { exemptionName } from "../../policy/exemption-name.ts";
import type { Exemption, Policy } from "../../policy/schema.ts";
import { defined } from "../model/defined.ts";
import { scalar } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, ExemptionUse, Resource, SettingVerdict, StateChange } from "../model/types.ts";
import { matchesPattern } from "../model/wildcard.ts";
import { type CallerNames, type Covers, matchCaller } from "./match-caller.ts";

/** The verdicts on an event's settings after the exemptions, and the exemptions that matter. */
export interface Exempted {
  /** All settings. A violation that an exemption covers has the exemption's name. */
  readonly settings: readonly SettingVerdict[];
  readonly exemptions: readonly ExemptionUse[];
  /** The expired exemptions that would cover a violation. */
  readonly expired: readonly ExemptionUse[];
  /** The reason if an exemption may cover a violation, and the event does not have enough members to decide. */
  readonly unclear?: Reason;
}

/**
 * Applies the policy's exemptions to the violations of an event. An exemption is valid up to and including its day of
 * expiry, in UTC. The time of the call decides; for a sweep, the time at which it saw the resource.
 */
export function exempt(
  event: ApiCall | StateChange,
  resource: Resource,
  verdicts: readonly SettingVerdict[],
  { exemptions }: Policy,
): Exempted {
  if (exemptions.length === 0 || !verdicts.some(isViolation))
    return { settings: verdicts, exemptions: [], expired: [] };
  const at = (event.is === "call" && event.seenAt) || event.eventTime;
  const rows = exemptions.map((exemption, i) => ({
    use: useOf(exemption, i),
    live: at.slice(0, 10) <= exemption.expires,
    covers: (setting: SettingVerdict) => covers(exemption.match, event, resource, setting),
  }));
  const live = rows.filter((row) => row.live);
  const isFile = event.is === "call" && event.inFile !== undefined;
  const unclearFor = (setting: SettingVerdict) => live.find((row) => row.covers(setting) === "unknown");
  const settings = verdicts.map((setting) => {
    const by = isViolation(setting) ? live.find((row) => row.covers(setting) === "yes") : undefined;
    if (by) return { ...setting, exempt: by.use.name };
    const perhaps = isFile && isViolation(setting) ? unclearFor(setting)?.use.name : undefined;
    return perhaps === undefined ? setting : { ...setting, mayBeExempt: perhaps };
  });
  const uncovered = settings.filter((setting) => isViolation(setting) && setting.exempt === undefined);
  // If at least one violation is certainly not covered, the answers for the others do not matter. A file is never
  // stopped, and no later answer comes: what it may violate is reported as a violation.
  const unclearRow = !isFile && uncovered.every(unclearFor) ? uncovered.map(unclearFor)[0] : undefined;
  const expired = rows.filter((row) => !row.live && uncovered.some((setting) => row.covers(setting) === "yes"));
  return {
    settings,
    exemptions: live.flatMap(({ use }) => (settings.some((setting) => setting.exempt === use.name) ? [use] : [])),
    expired: expired.map(({ use }) => use),
    ...defined({ unclear: unclearRow && ({ code: "exemption-unclear", exemption: unclearRow.use.name } as const) }),
  };
}

/** True if a setting breaks the policy, with or without an exemption. */
export const isViolation = ({ is }: SettingVerdict): boolean => is === "missing" || is === "rejected";

/** An exemption in the form that decisions have. Without a name, it is named by its position in the policy. */
export const useOf = (exemption: Exemption, index: number): ExemptionUse => ({
  name: exemptionName(exemption, index),
  reason: exemption.reason,
  owner: exemption.owner,
  expires: exemption.expires,
});

/** Whether every member of a `match` matches an event and one of its settings. `unknown`: the event lacks a member for it. */
export function covers(
  match: Exemption["match"],
  event: ApiCall | StateChange,
  resource: Resource,
  { path, protects }: Pick<SettingVerdict, "path" | "protects">,
): Covers {
  const { kind, name, arn, account, region, principal, tag, setting, file, address } = match;
  const caller = event.is === "call" && event.principal !== "unknown" ? event : undefined;
  const place = event.is === "call" ? event.inFile : undefined;
  const answers: Covers[] = [
    matchesOne(kind, resource.kind),
    matchesOne(name, resource.name ?? undefined),
    matchesOne(arn, resource.arn ?? undefined),
    matchesOne(account, place ? undefined : event.account),
    matchesOne(region, place ? undefined : event.region),
    matchesCaller(principal, caller),
    matchesCaller(tag?.["set-by"], caller),
    tag ? hasTag(event, tag) : "yes",
    matchesAny(setting, [path, path.replace(/\[[^\]]*\]/g, "[]"), protects]),
    // No file has made an event.
    matchesAny(file, place?.files ?? []),
    matchesAny(address, place?.addresses ?? []),
  ];
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}

type Patterns = string | readonly string[] | undefined;

function matchesOne(patterns: Patterns, value: string | undefined): Covers {
  if (patterns === undefined) return "yes";
  return value === undefined ? "unknown" : matchesAny(patterns, [value]);
}

function matchesCaller(patterns: Patterns, caller: CallerNames | undefined): Covers {
  if (patterns === undefined) return "yes";
  if (caller === undefined) return "unknown";
  const answers = listOf(patterns).map((pattern) => matchCaller(pattern, caller));
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}

const listOf = (patterns: string | readonly string[]): readonly string[] =>
  typeof patterns === "string" ? [patterns] : patterns;

function matchesAny(patterns: Patterns, values: readonly string[]): Covers {
  if (patterns === undefined) return "yes";
  return listOf(patterns).some((pattern) => values.some((value) => matchesPattern(pattern, value))) ? "yes" : "no";
}

/** Looks for a tag in the request. Without the request's parameters, the answer is `unknown`. */
function hasTag(
  event: ApiCall | StateChange,
  { key, value }: { readonly key: string; readonly value: string },
): Covers {
  if (event.is === "state-change" || event.request === "omitted") return "unknown";
  const tags = collect(event.request, "Tags[]").map(({ value: tag }) => ({
    key: scalar(collect(tag, "Key")[0]?.value),
    value: scalar(collect(tag, "Value")[0]?.value ?? ""),
  }));
  return tags.some((tag) => tag.key === key && matchesPattern(value, tag.value)) ? "yes" : "no";
}
