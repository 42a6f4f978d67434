import { createPublisher } from "../aws/sns.ts";
import type { Target } from "../aws/target.ts";
import { parseArn } from "../core/model/arn.ts";
import type { Ports } from "../ports/ports.ts";

export interface Topics {
  /** The topic for users. */
  readonly topicArn: string;
  /** The topics that the policy's `notify` may name. */
  readonly routeTopicArns: readonly string[];
}

/**
 * Publishes to the topic of a name, or to the topic for users. A name that none of the topics has is reported to the
 * operators; the mail goes to the topic for users.
 */
export function createNotify(
  home: Target,
  { topicArn, routeTopicArns }: Topics,
  alarm: Ports["alarm"],
): Ports["notify"] {
  const users = createPublisher(home, topicArn);
  const routes = new Map(routeTopicArns.map((arn) => [parseArn(arn)?.resource, createPublisher(home, arn)]));
  return async (mail, to) => {
    if (to === undefined) return users(mail);
    const publish = routes.get(to);
    if (!publish) await alarm({ kind: "topic", reason: { code: "topic-unknown", to } });
    const result = await (publish ?? users)(mail);
    return publish && result.is === "done" ? { ...result, reason: { code: "sent-to", to } } : result;
  };
}

/** The topics in the stack's parameter RouteTopicArns: ARNs with commas between them, or nothing. */
export const routeTopicsOf = (parameter = process.env.ROUTE_TOPIC_ARNS): readonly string[] =>
  (parameter ?? "").split(",").flatMap((arn) => arn.trim() || []);
