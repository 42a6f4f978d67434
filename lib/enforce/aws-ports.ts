import { createHash } from "node:crypto";
import { createKeys } from "../aws/kms.ts";
import { createS3Store } from "../aws/s3.ts";
import { createSageMaker } from "../aws/sagemaker.ts";
import { createPublisher } from "../aws/sns.ts";
import { createQueues, type Queues } from "../aws/sqs.ts";
import type { Target } from "../aws/target.ts";
import type { Policy } from "../core/policy.ts";
import { createAlarms } from "./alarms.ts";
import { cached } from "./cache.ts";
import { createLedger } from "./ledger.ts";
import { createLimiter } from "./limiter.ts";
import type { Ports, QueuePorts } from "./ports.ts";
import { faultLine, logLine } from "./record.ts";
import { memoryStore } from "./store.ts";

/** How long an answer about a key is used again: managers never change, states seldom do. */
const KEY_ANSWERS_MS = 10 * 60_000;

export interface AwsOptions {
  readonly policy: Policy;
  /** Where users are told; its account and Region are the stack's. */
  readonly topicArn: string;
  /** Where operators are told; the users' topic where there is none. */
  readonly operatorsTopicArn?: string;
  /** The ledger's bucket, in the stack's account and Region; without one the ledger lives as long as the process. */
  readonly ledgerBucket?: string;
  readonly queues?: Queues;
  /** Everything of where calls go but the Region, which each event names. */
  readonly target?: Omit<Target, "region">;
  readonly now?: () => Date;
  /** Takes each log line. */
  readonly log: (line: string) => void;
}

/** The ports on AWS: real clients, made per Region and loaded when first needed. */
export function awsPorts(options: AwsOptions): Ports & { readonly queue: QueuePorts } {
  const {
    policy,
    topicArn,
    operatorsTopicArn = topicArn,
    ledgerBucket,
    target = {},
    now = () => new Date(),
    log,
  } = options;
  const [, , , homeRegion = "", homeAccount = ""] = topicArn.split(":");
  const home = { ...target, region: homeRegion };
  const inRegion = <T>(create: (target: Target) => T) => perRegion((region) => create({ ...target, region }));
  const sagemaker = inRegion(createSageMaker);
  const keys = inRegion(createKeys);
  const store = ledgerBucket ? createS3Store(home, ledgerBucket, homeAccount) : memoryStore();
  const queue = options.queues ? createQueues(home, options.queues) : undefined;
  return {
    policy,
    now,
    queue: queue ?? NO_QUEUE,
    ledger: createLedger({ store, policyVersion: versionOf(policy), now }),
    limiter: createLimiter({ store, stopsPerHour: policy.limits["stops-per-hour"], now }),
    alarm: createAlarms({
      store,
      publish: createPublisher(home, operatorsTopicArn),
      waiting: async () => queue?.waiting(),
      where: { account: homeAccount, region: homeRegion },
      now,
    }),
    ask: cached(KEY_ANSWERS_MS, now, (question) =>
      question.ask === "key"
        ? keys(question.region)(question.key)
        : sagemaker(question.region).describe(question.operation, question.input),
    ),
    tag: (order) => sagemaker(order.region).tag(order),
    stop: (order) => sagemaker(order.region).stop(order),
    notify: createPublisher(home, topicArn),
    record: (decision) => log(logLine(decision, now())),
    recordFault: (messageId, error) => log(faultLine(messageId, error)),
  };
}

/** Without a queue of its own there is nothing to pause, and nowhere to bury: the caller keeps the message. */
const NO_QUEUE: QueuePorts = { pause: async () => {}, bury: async () => false };

/** The same policy has the same version, wherever it was read from. */
const versionOf = (policy: Policy): string =>
  createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 12);

function perRegion<T>(create: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const one = made.get(region) ?? create(region);
    made.set(region, one);
    return one;
  };
}
