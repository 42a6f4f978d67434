import { createKeys } from "../aws/kms.ts";
import { createSageMaker } from "../aws/sagemaker.ts";
import { createPublisher } from "../aws/sns.ts";
import type { Target } from "../aws/target.ts";
import type { Policy } from "../core/policy.ts";
import { cached } from "./cache.ts";
import { memoryJournal } from "./journal.ts";
import type { Ports } from "./ports.ts";
import { faultLine, logLine } from "./record.ts";

/** How long an answer about a key is used again: managers never change, states seldom do. */
const KEY_ANSWERS_MS = 10 * 60_000;

export interface AwsOptions {
  readonly policy: Policy;
  readonly topicArn: string;
  /** Everything of where calls go but the Region, which each event names. */
  readonly target?: Omit<Target, "region">;
  readonly now?: () => Date;
  /** Takes each log line. */
  readonly log: (line: string) => void;
}

/** The ports on AWS: real clients, made per Region and loaded when first needed. */
export function awsPorts({ policy, topicArn, target = {}, now = () => new Date(), log }: AwsOptions): Ports {
  const inRegion = <T>(create: (target: Target) => T) => perRegion((region) => create({ ...target, region }));
  const sagemaker = inRegion(createSageMaker);
  const keys = inRegion(createKeys);
  const topicRegion = topicArn.split(":")[3] ?? "";
  return {
    policy,
    now,
    journal: memoryJournal(),
    ask: cached(KEY_ANSWERS_MS, now, (question) =>
      question.ask === "key"
        ? keys(question.region)(question.key)
        : sagemaker(question.region).describe(question.operation, question.input),
    ),
    tag: (order) => sagemaker(order.region).tag(order),
    stop: (order) => sagemaker(order.region).stop(order),
    notify: createPublisher({ ...target, region: topicRegion }, topicArn),
    record: (decision) => log(logLine(decision, now())),
    recordFault: (messageId, error) => log(faultLine(messageId, error)),
  };
}

function perRegion<T>(create: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const one = made.get(region) ?? create(region);
    made.set(region, one);
    return one;
  };
}
