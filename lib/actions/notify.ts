import { defined } from "../core/model/defined.ts";
import { routeOf } from "../core/plan/route-of.ts";
import { writeMail } from "../wording/mail/mail.ts";
import { mailFactsOf } from "../wording/mail/mail-facts.ts";
import type { Action } from "./action.ts";

/**
 * Sends the mail, which reports the outcomes of the other actions. The action is final when SNS has accepted the mail.
 * The policy's `notify` names the topic; a follow-up goes to the topic that it names now.
 * Without an answer the mail may have arrived, so it is sent once more and then never again.
 */
export const notify: Action<"notify"> = {
  perform: (_action, { event, judgement, outcomes, ports, ...more }) => {
    const { repeated, willRetry, isFollowUp, mayBeStopped } = more;
    const facts = mailFactsOf(event, judgement, outcomes, ports.policy);
    const { to } = routeOf(event, judgement, ports.policy);
    return ports.notify(writeMail({ ...facts, ...defined({ repeated, willRetry, isFollowUp, mayBeStopped }) }), to);
  },
  permissions: { on: "stack", actions: ["sns:Publish"] },
};
