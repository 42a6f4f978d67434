import type { Policy } from "../../policy/schema.ts";
import { keyRulesOf } from "../judge/key-rules.ts";
import type { Need } from "./needs.ts";
import type { Report, Resolution } from "./report.ts";

/** An alias that fewer calls name is left to its look-up. */
const MANY_CALLS = 10;

/** How many undetermined calls lack what: the needs of each as JSON, and the number of those calls. */
export type NeedTallies = ReadonlyMap<string, number>;

/** What would resolve undetermined calls, that with the most first. */
export function resolutionsOf(tallies: NeedTallies, policy: Policy): Report["resolutions"] {
  const all = [...tallies].map(([text, count]) => ({ needs: JSON.parse(text) as Need[], count }));
  const often = neededBy(all);
  const canAdd = additionsOf(policy);
  const toStep = (need: Need): Need => {
    if (need.startsWith("account ")) return canAdd.accounts ? need : "look-up";
    if (!need.startsWith("alias ")) return need;
    return canAdd.aliases && (often.get(need) ?? 0) >= MANY_CALLS ? need : "look-up";
  };
  const calls = all.map(({ needs, count }) => ({ needs: [...new Set(needs.map(toStep))], count }));
  const total = (of: typeof calls) => of.reduce((sum, { count }) => sum + count, 0);
  const steps = [...neededBy(calls)].flatMap(([need, needed]): Resolution[] => {
    if (need === "other") return [];
    const resolves = total(calls.filter(({ needs }) => needs.length === 1 && needs[0] === need));
    return [{ ...additionOf(need), resolves, neededBy: needed }];
  });
  return {
    of: total(calls),
    together: total(calls.filter(({ needs }) => !needs.includes("other"))),
    steps: steps.sort((a, b) => b.resolves - a.resolves || b.neededBy - a.neededBy || (textOf(a) < textOf(b) ? -1 : 1)),
  };
}

function neededBy(calls: readonly { readonly needs: readonly Need[]; readonly count: number }[]): Map<Need, number> {
  const many = new Map<Need, number>();
  for (const { needs, count } of calls) for (const need of needs) many.set(need, (many.get(need) ?? 0) + count);
  return many;
}

/** Where a key may be on the deny list under a name that only a look-up shows, no addition to the policy accepts it. */
function additionsOf({ keys }: Policy) {
  const { accept, deny } = keyRulesOf(keys);
  return {
    accounts: accept !== "listed" && !deny.some(({ isAlias }) => isAlias),
    aliases: deny.every(({ account }) => account !== undefined),
  };
}

function additionOf(need: Exclude<Need, "other">): Pick<Resolution, "add" | "value"> {
  if (need === "look-up") return { add: null };
  const at = need.indexOf(" ");
  return { add: need.startsWith("account ") ? "keys.accounts" : "keys.allow", value: need.slice(at + 1) };
}

const textOf = ({ value = "" }: Resolution): string => value;
