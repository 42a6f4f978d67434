import { createS3Store } from "../aws/s3.ts";
import { createSageMaker } from "../aws/sagemaker.ts";
import { createPublisher } from "../aws/sns.ts";
import { createQueues, type Queues } from "../aws/sqs.ts";
import type { Target } from "../aws/target.ts";
import { parseArn } from "../core/model/arn.ts";
import type { LookUp } from "../core/model/look-up.ts";
import type { Answered } from "../enforce/cache.ts";
import { faultLine, logLine } from "../enforce/record.ts";
import { createAlarms } from "../enforce/store/alarms.ts";
import { createCauses } from "../enforce/store/causes.ts";
import { createLedger } from "../enforce/store/ledger.ts";
import { createLimiter } from "../enforce/store/limiter.ts";
import { createParents } from "../enforce/store/parents.ts";
import { memoryStore } from "../local/memory-store.ts";
import type { Policy } from "../policy/schema.ts";
import { versionOf } from "../policy/version.ts";
import type { Ports, QueuePorts } from "../ports/ports.ts";
import { createLookUps, perRegion } from "./look-ups.ts";

export interface AwsOptions {
  readonly policy: Policy;
  /** The topic for users, in the stack's account and Region. */
  readonly topicArn: string;
  /** The topic for operators (default: the topic for users). */
  readonly operatorsTopicArn?: string;
  /**
   * The ledger's bucket, in the stack's account and Region. Without it the ledger is in memory and ends with the
   * process.
   */
  readonly ledgerBucket?: string;
  readonly queues?: Queues;
  /** The stack's name, which is the dimension of its metrics. */
  readonly stack?: string;
  /** The stack's parameter `Mode`. */
  readonly mode?: string | undefined;
  /** The target of all calls, without the Region: each event has its own Region. */
  readonly target?: Omit<Target, "region">;
  readonly now?: () => Date;
  readonly wait?: (ms: number) => Promise<void>;
  /** Milliseconds, by a clock that nobody sets. */
  readonly elapsed?: () => number;
  /** Called with each look-up and its answer. */
  readonly answered?: (lookUp: LookUp, answered: Answered) => void;
  /** Writes one log line. */
  readonly log: (line: string) => void;
}

/** The account and the Region of the stack: those of its topic for users. */
export function homeOf(topicArn: string): { readonly account: string; readonly region: string } {
  const { account = "", region = "" } = parseArn(topicArn) ?? {};
  return { account, region };
}

function stopLimitsOf({ limits }: Policy) {
  const stopsPerHour = limits["stops-per-hour"];
  return {
    stopsPerHour,
    stopsPerHourPerPrincipal: limits["stops-per-hour-per-principal"] ?? Math.ceil(stopsPerHour / 2),
  };
}

/** The ports on AWS. Each Region has its own clients, which are loaded when they are first needed. */
export function awsPorts(options: AwsOptions): Ports & { readonly queue: QueuePorts } {
  const {
    policy,
    topicArn,
    operatorsTopicArn = topicArn,
    ledgerBucket,
    target = {},
    now = () => new Date(),
    wait = (ms) => new Promise((done) => setTimeout(done, ms)),
    elapsed = () => performance.now(),
    log,
  } = options;
  const stack = homeOf(topicArn);
  const home = { ...target, region: stack.region };
  const sagemaker = perRegion(target, createSageMaker);
  const resolve = createLookUps({ policy, target, now }, sagemaker);
  const store = ledgerBucket ? createS3Store(home, ledgerBucket, stack.account) : memoryStore(now);
  const recordFault: Ports["recordFault"] = (at, error) => log(faultLine(at, error));
  const queue = options.queues ? createQueues(home, options.queues) : undefined;
  return {
    policy,
    now,
    wait,
    elapsed,
    queue: queue ?? NO_QUEUE,
    ledger: createLedger({ store, policyVersion: versionOf(policy), now, elapsed }),
    limiter: createLimiter({ store, ...stopLimitsOf(policy), wait }),
    alarm: createAlarms({
      store,
      publish: createPublisher(home, operatorsTopicArn),
      waiting: async () => queue?.waiting(),
      where: stack,
      now,
      recordFault,
    }),
    parents: createParents(store, now),
    causes: createCauses({ store, remindAfterDays: policy.limits["remind-after-days"], now, wait }),
    resolve: async (lookUp) => {
      const answered = await resolve(lookUp);
      options.answered?.(lookUp, answered);
      return answered.answer;
    },
    tag: (order) => sagemaker(order.region).tag(order),
    stop: (order) => sagemaker(order.region).stop(order),
    notify: createPublisher(home, topicArn),
    record: (decision) => log(logLine(decision, now(), options.stack)),
    recordFault,
  };
}

/** For a caller that has no queue. */
const NO_QUEUE: QueuePorts = { changeVisibility: async () => {}, sendToDeadLetters: async () => false };
