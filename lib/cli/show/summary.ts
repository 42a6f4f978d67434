import { actionsInOrder } from "../../catalogue/actions.ts";
import type { Decision, Verdict } from "../../core/model/types.ts";
import { fold } from "../terminal/layout.ts";

const VERDICTS: readonly Verdict[] = ["compliant", "non-compliant", "undetermined", "exempt", "ignored", "malformed"];

/** The verdicts and the outcomes in numbers. An action has the outcome of its event's last delivery. */
export function summaryOf(decisions: readonly Decision[], later: readonly Decision[] = []): string {
  const verdicts = decisions.map(({ verdict }) => verdict);
  const last = new Map([...decisions, ...later].map((decision) => [decision.eventID ?? decision, decision.actions]));
  const outcomes = [...last.values()].flat();
  return [
    line("events", decisions.length, counts(verdicts, VERDICTS)),
    ...actionsInOrder.flatMap((action) => {
      const ended = outcomes.flatMap((one) => (one.do === action ? [one.outcome] : []));
      return ended.length > 0 ? [line(action, ended.length, counts(ended, [...new Set(ended)]))] : [];
    }),
  ].join("\n");
}

const line = (name: string, total: number, text: string): string =>
  fold(`${name.padEnd(7)}${String(total).padStart(6)}  ${text}`, 2, 17);

/** "3 done, 1 deferred", in the order given. */
function counts<T>(values: readonly T[], order: readonly T[]): string {
  const numbers = order.map((one) => [values.filter((value) => value === one).length, one] as const);
  return numbers.flatMap(([many, one]) => (many > 0 ? [`${many} ${one}`] : [])).join(", ");
}
