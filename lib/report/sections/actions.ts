import type { Report } from "../../core/report/report.ts";
import { html } from "../page/html.js";
import type { Section } from "../section.ts";
import { type Column, table } from "../table.ts";
import { counted, number } from "../words.ts";

type Action = Report["actions"][number];

const MEANS: Readonly<Record<string, readonly [title: string, means: string]>> = {
  tag: ["Tag", "The resource gets tags with the verdict."],
  notify: ["Notify", "The subscribers of the topic get a mail."],
  stop: ["Stop", "The notebook or job is stopped; nothing is deleted."],
};

const wordsOf = (action: string): readonly [title: string, means: string] =>
  (Object.hasOwn(MEANS, action) ? MEANS[action] : undefined) ?? [action, "–"];

/** The actions of the policy, and the stops that the limiter delays. */
export function actions(report: Report): Section | undefined {
  if (report.findings.length === 0 && report.actions.length === 0) return undefined;
  const columns: readonly Column<Action>[] = [
    { title: "Action", as: "head", cell: (action) => wordsOf(action.do)[0] },
    { title: "What it does", cell: (action) => wordsOf(action.do)[1] },
    { title: "Outcome", cell: ({ outcome }) => outcome },
    { title: "How often", as: "number", cell: ({ count }) => number(count) },
  ];
  const backtest = report.of === "backtest";
  return {
    id: "actions",
    title: backtest ? "Actions that the policy would have taken" : "Actions of the policy",
    body: html`${
      report.actions.length === 0
        ? html`<p>None: the policy has no action for these findings.</p>`
        : table({ caption: "Actions and their outcomes", columns, rows: report.actions, many: "more outcomes" })
    }
<p>${limiter(report)}</p>`,
  };
}

function limiter({ of, limit: { stopsPerHour, hoursOver, waiting } }: Report): string {
  if (stopsPerHour === 0) return "The policy's limit is 0 stops an hour: Keyward never stops anything.";
  const lets = `The policy's limit is ${counted(stopsPerHour, "stop")} an hour in an account and Region`;
  if (hoursOver === 0) return `${lets}. It ${of === "backtest" ? "would never have been" : "is not"} reached.`;
  const [over, wait] =
    of === "backtest" ? ["would have been exceeded", "would have had to wait"] : ["is exceeded", "would have to wait"];
  return `${lets}. It ${over} in ${counted(hoursOver, "hour")}, and ${counted(waiting, "stop")} ${wait}.`;
}
