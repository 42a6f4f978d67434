import { notWalked, walked } from "./random-case.ts";
import type { Agreement, Disagreement } from "./run.ts";

/** The result of a run, line by line. */
export const reportOf = (agreement: Agreement, seconds: number): string[] =>
  agreement.disagreement ? differenceOf(agreement.disagreement) : totalsOf(agreement, seconds);

const differenceOf = ({ operation, seed, policy, onlyCore, onlyOracle, smallest }: Disagreement): string[] => [
  `The core and the oracle differ on ${operation}, seed ${seed}, policy ${policy}:`,
  ...onlyCore.map((line) => `  core    ${line}`),
  ...onlyOracle.map((line) => `  oracle  ${line}`),
  "The smallest case:",
  JSON.stringify(smallest, null, 2),
];

function totalsOf({ requests, settings, verdicts }: Agreement, seconds: number): string[] {
  const totals = new Map<string, number>();
  for (const counts of verdicts.values()) for (const [is, n] of counts) totals.set(is, (totals.get(is) ?? 0) + n);
  const parts = [...totals].sort(([, a], [, b]) => b - a).map(([is, n]) => `${n.toLocaleString("en")} ${is}`);
  return [
    `${requests.toLocaleString("en")} requests of ${walked.length} operations in ${seconds.toFixed(1)} s: the core and the oracle agree on`,
    `all ${settings.toLocaleString("en")} settings (${parts.join(", ")}).`,
    ...(notWalked.length > 0 ? [`Not made, because the SDK does not have them: ${notWalked.join(", ")}.`] : []),
  ];
}
