import { defined } from "../core/model/defined.ts";
import { matchesPattern } from "../core/model/wildcard.ts";
import type { Exemption, Policy } from "../policy/schema.ts";
import type { HookPlace } from "./read-event.ts";

/**
 * The policy for one account and Region. A check of a file knows neither, but a hook does: an exemption for another place is
 * left out, and one for this place applies.
 */
export function policyAt(policy: Policy, place: HookPlace): Policy {
  return { ...policy, exemptions: policy.exemptions.flatMap((exemption) => exemptionAt(exemption, place)) };
}

function exemptionAt(exemption: Exemption, { account, region }: HookPlace): Exemption[] {
  const { account: accounts, region: regions, ...rest } = exemption.match;
  if (!matchesAny(accounts, account) || !matchesAny(regions, region)) return [];
  return [{ ...exemption, match: defined(rest) }];
}

/** An account that the event does not have matches only a pattern for all. */
const matchesAny = (patterns: string | readonly string[] | undefined, value: string): boolean =>
  patterns === undefined || [patterns].flat().some((pattern) => matchesPattern(pattern, value));
