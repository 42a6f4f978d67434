import { kindOf } from "../../catalogue/kinds.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Quote } from "../../text/untrusted.ts";
import type { PublicDecision } from "../public-decision.ts";

const MOST_PRINCIPALS = 5;

/** What Keyward would have done: the counts by kind and action with the policies; and the principals with most events. */
export function summaryLines(decisions: readonly PublicDecision[], quote: Quote): SafeText[][] {
  const policies = new Set(decisions.flatMap(({ policy }) => policy ?? []));
  const principals = [...countBy(decisions.map(({ principal }) => principal ?? "no principal in the event"))];
  return [
    [
      ...kindLines(decisions),
      safeText`under the policy ${joined(
        [...policies].map((one) => quote(one, 40)),
        ", ",
      )}`,
    ],
    principals
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_PRINCIPALS)
      .map(([principal, count]) => safeText`${count} of them by ${quote(principal, 120)}`),
  ];
}

/** "training job: tag 3, notify 3, stop 3", the most first. */
function kindLines(decisions: readonly PublicDecision[]): SafeText[] {
  const byKind = new Map<string, PublicDecision[]>();
  for (const decision of decisions) {
    const kind = decision.resource?.kind ?? "unknown";
    byKind.set(kind, [...(byKind.get(kind) ?? []), decision]);
  }
  return [...byKind]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([kind, some]) => {
      const wanted = some.flatMap(({ actions }) => actions.filter(({ code }) => code === "observe-mode"));
      const counts = [...countBy(wanted.map((one) => one.do))].map(([action, count]) => safeText`${action} ${count}`);
      const noun = kind === "unknown" ? "unknown kind" : ownText(kindOf(kind).noun);
      return safeText`${noun}: would ${joined(counts, ", ")}`;
    });
}

function countBy<Name extends string>(names: readonly Name[]): Map<Name, number> {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
