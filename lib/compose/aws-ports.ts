import { createS3Store } from "../aws/s3.ts";
import { createSageMaker } from "../aws/sagemaker.ts";
import { createPublisher } from "../aws/sns.ts";
import { createQueues, type Queues } from "../aws/sqs.ts";
import type { Target } from "../aws/target.ts";
import type { Question } from "../core/model/types.ts";
import { createAlarms } from "../enforce/alarms.ts";
import type { Answered } from "../enforce/cache.ts";
import { createLedger } from "../enforce/ledger.ts";
import { createLimiter } from "../enforce/limiter.ts";
import { createParents } from "../enforce/parents.ts";
import { faultLine, logLine } from "../enforce/record.ts";
import { memoryStore } from "../local/memory-store.ts";
import type { Policy } from "../policy/schema.ts";
import { versionOf } from "../policy/version.ts";
import type { Ports, QueuePorts } from "../ports/ports.ts";
import { createLookUps, perRegion } from "./look-ups.ts";

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
  readonly wait?: (ms: number) => Promise<void>;
  /** Sees each look-up with its answer. */
  readonly answered?: (question: Question, answered: Answered) => void;
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
    wait = (ms) => new Promise((done) => setTimeout(done, ms)),
    log,
  } = options;
  const [, , , homeRegion = "", homeAccount = ""] = topicArn.split(":");
  const home = { ...target, region: homeRegion };
  const sagemaker = perRegion(target, createSageMaker);
  const ask = createLookUps({ policy, target, now }, sagemaker);
  const store = ledgerBucket ? createS3Store(home, ledgerBucket, homeAccount) : memoryStore();
  const queue = options.queues ? createQueues(home, options.queues) : undefined;
  return {
    policy,
    now,
    wait,
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
    parents: createParents(store, now),
    ask: async (question) => {
      const answered = await ask(question);
      options.answered?.(question, answered);
      return answered.answer;
    },
    tag: (order) => sagemaker(order.region).tag(order),
    stop: (order) => sagemaker(order.region).stop(order),
    notify: createPublisher(home, topicArn),
    record: (decision) => log(logLine(decision, now())),
    recordFault: (messageId, error) => log(faultLine(messageId, error)),
  };
}

/** Without a queue of its own there is nothing to pause, and nowhere to bury: the caller keeps the message. */
const NO_QUEUE: QueuePorts = { pause: async () => {}, bury: async () => false };
