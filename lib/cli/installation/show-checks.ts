import { type Checked, worstOf } from "../../doctor/checks.ts";
import type { Facts } from "../../doctor/facts.ts";
import type { Is } from "../../doctor/finding.ts";
import { wordsOf } from "../../doctor/words.ts";
import { count, fold } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";

type Place = Facts["place"];

const LABELS = { ok: "ok", warning: "warning", problem: "PROBLEM", unknown: "not known" } as const;
const COLOURS = { ok: "green", warning: "yellow", problem: "red", unknown: "yellow" } as const;
const LABEL_WIDTH = 11;
const NAME_WIDTH = 15;
const LONGEST = 2_000;

/** A line for each finding, what to do below it, and the sums at the end. */
export function checksAsText(checked: readonly Checked[], at: Place): string {
  const lines = checked.flatMap(({ check, findings }) =>
    findings.map((finding) => {
      const { found, todo } = wordsOf(finding, at);
      const label = LABELS[finding.is].padEnd(LABEL_WIDTH);
      const head = fold(`${label}${check.id.padEnd(NAME_WIDTH)}${safe(found, LONGEST)}`, 0, LABEL_WIDTH + NAME_WIDTH);
      const painted = paint(COLOURS[finding.is], label) + head.slice(LABEL_WIDTH);
      // A command is not folded: people copy it.
      return todo === undefined ? painted : `${painted}\n${" ".repeat(LABEL_WIDTH)}→ ${safe(todo, LONGEST)}`;
    }),
  );
  return [...lines, "", sums(checked)].join("\n");
}

const sums = (checked: readonly Checked[]): string => {
  const of = (is: Is) => checked.filter((one) => one.is === is).length;
  const parts = [
    `${count(of("ok"), "check")} ok`,
    ...(of("warning") > 0 ? [count(of("warning"), "warning")] : []),
    count(of("problem"), "problem"),
    ...(of("unknown") > 0 ? [`${of("unknown")} not known`] : []),
  ];
  return parts.join(", ");
};

/** One document: the checks with their findings, in words and as data. */
export const checksAsJson = (checked: readonly Checked[], at: Place): string =>
  JSON.stringify({
    stack: at.stack,
    account: at.account,
    region: at.region,
    is: worstOf(checked),
    checks: checked.map(({ check, is, findings }) => ({
      check: check.id,
      is,
      findings: findings.map((finding) => ({ ...finding, ...wordsOf(finding, at) })),
    })),
  });
