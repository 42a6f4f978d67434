import { writeMail } from "../wording/mail/mail.ts";
import { mailFactsOf } from "../wording/mail/mail-facts.ts";
import type { Action } from "./action.ts";

/**
 * Sends the mail, which says how the other actions ended. Final when SNS has taken it; without an answer it may have
 * arrived, so it is sent once more and then no more.
 */
export const notify: Action<"notify"> = {
  perform: (_action, { event, judgement, outcomes, ports }) =>
    ports.notify(writeMail(mailFactsOf(event, judgement, outcomes, ports.policy))),
  permissions: { on: "stack", actions: ["sns:Publish"] },
};
