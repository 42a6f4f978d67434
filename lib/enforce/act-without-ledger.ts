import type { Outcome } from "../core/model/types.ts";
import type { Delivery, Ports } from "../ports/ports.ts";
import { writeMail } from "../wording/mail.ts";
import { toldOf } from "../wording/mail-facts.ts";
import type { Acted, Task } from "./act.ts";

/**
 * Without a ledger nothing is stopped or tagged: nobody could say whether it had been done, or prove that it was. People
 * are told all the same, with the first delivery, and the event comes back until the ledger can be written again.
 */
export async function actUnclaimed(task: Task, because: string, delivery: Delivery, ports: Ports): Promise<Acted> {
  const why = `the ledger cannot be written (${because})`;
  await ports.alarm({ kind: "ledger", because: why });
  const outcomes: Outcome[] = [];
  for (const action of task.planned) {
    if ("skip" in action) outcomes.push({ do: action.do, outcome: "skipped", because: action.skip });
    else if (action.do !== "notify") outcomes.push({ do: action.do, outcome: "deferred", because: why });
    else if (delivery.receives > 1)
      outcomes.push({ do: "notify", outcome: "skipped", because: "told with the first delivery" });
    else {
      const { is, ...rest } = await ports.notify(writeMail(toldOf(task.event, task.judgement, outcomes, ports.policy)));
      outcomes.push({ do: "notify", outcome: is, ...("because" in rest ? { because: rest.because } : {}) });
    }
  }
  return { outcomes, next: "again" };
}
