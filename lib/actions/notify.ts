import { defined } from "../core/model/defined.ts";
import { writeMail } from "../wording/mail/mail.ts";
import { mailFactsOf } from "../wording/mail/mail-facts.ts";
import type { Action } from "./action.ts";

/**
 * Sends the mail, which reports the outcomes of the other actions. The action is final when SNS has accepted the mail.
 * Without an answer the mail may have arrived, so it is sent once more and then never again.
 */
export const notify: Action<"notify"> = {
  perform: (_action, { event, judgement, outcomes, ports, ...more }) => {
    const { repeated, willRetry, isFollowUp, mayBeStopped } = more;
    const facts = mailFactsOf(event, judgement, outcomes, ports.policy);
    return ports.notify(writeMail({ ...facts, ...defined({ repeated, willRetry, isFollowUp, mayBeStopped }) }));
  },
  permissions: { on: "stack", actions: ["sns:Publish"] },
};
