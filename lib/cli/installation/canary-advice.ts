import type { Canary, CanaryNote } from "../../core/model/canary.ts";
import { safe } from "../terminal/terminal.ts";
import type { Waited } from "./canary-wait.ts";

/** A station that was not reached, and what to look at. */
export interface Missed {
  readonly station: string;
  readonly because: string;
  readonly todo: string;
}

const doctor = (stack: string): string => `keyward doctor --stack ${safe(stack, 128)} looks at each part.`;

/** The advice where the canary's object is not there. `waiting`: the messages in the queue, as far as they are known. */
export function lookAt(
  canary: Canary,
  waited: Waited,
  waiting: number | undefined,
  { seconds, stack }: { readonly seconds: number; readonly stack: string },
): Missed {
  const time = `not seen within ${seconds} s`;
  const fault =
    waited.is === "late" && waited.fault !== undefined ? `, and the ledger could not be read: ${waited.fault}` : "";
  if (canary.is === "call") {
    return {
      station: "trail",
      because: `${time}${fault}`,
      todo: `The event arrived and the call did not: look at the trail, which must log write management events in this Region, and at the stack's rule CallRule. CloudTrail may be late: it usually needs up to 15 minutes (--wait). ${doctor(stack)}`,
    };
  }
  return { station: "function", because: `${time}${fault}`, todo: `${placeToLook(waiting)} ${doctor(stack)}` };
}

function placeToLook(waiting: number | undefined): string {
  const before = "It got lost between EventBridge and the ledger.";
  if (waiting === undefined)
    return `${before} Look at the rule CanaryRule, the queue, the event source mapping and the function's log.`;
  if (waiting > 0)
    return `${before} About ${waiting} message${waiting === 1 ? " is" : "s are"} in the queue: look at the event source mapping, and whether Lambda throttles the function.`;
  return `${before} The queue is empty: look at the function's log, at the dead-letter queue, and at the rule CanaryRule.`;
}

/** The advice about a mail that was not accepted; undefined where nothing is missed. */
export function mailMissed({ mail }: CanaryNote, stack: string): Missed | undefined {
  switch (mail.is) {
    case "none":
    case "sent":
      return undefined;
    case "limited": {
      const because = `not sent: ${mail.perHour} test mails were sent in this hour, and no more are`;
      return { station: "mail", because, todo: "Everything else works. Try again in the next hour (UTC)." };
    }
    case "failed":
      return {
        station: "mail",
        because: `not accepted by SNS: ${mail.because}`,
        todo: `Look at the topic's policy, its key and the function's role. ${doctor(stack)}`,
      };
    case "due": {
      const because = "the function has not recorded what became of it";
      return { station: "mail", because, todo: `Look at the function's log. ${doctor(stack)}` };
    }
    default:
      return mail satisfies never;
  }
}
