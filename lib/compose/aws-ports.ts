import { createS3Store } from "../aws/s3.ts";
import { createSageMaker } from "../aws/sagemaker.ts";
import { createPublisher } from "../aws/sns.ts";
import { createQueues, type Queues } from "../aws/sqs.ts";
import type { Target } from "../aws/target.ts";
import { createInForce, type InForce } from "../control/in-force.ts";
import type { LookUp } from "../core/model/look-up.ts";
import type { Answered } from "../enforce/judge/cache.ts";
import { faultLine, logLine } from "../enforce/record.ts";
import { createAlarms } from "../enforce/store/alarms.ts";
import type { CanaryOptions } from "../enforce/store/canaries.ts";
import { createCauses } from "../enforce/store/causes.ts";
import { createLedger } from "../enforce/store/ledger.ts";
import { createLimiter } from "../enforce/store/limiter.ts";
import { createParents } from "../enforce/store/parents.ts";
import { memoryStore } from "../local/memory-store.ts";
import type { Mode } from "../policy/mode.ts";
import type { Policy } from "../policy/schema.ts";
import { versionOf } from "../policy/version.ts";
import type { Ports, QueuePorts } from "../ports/ports.ts";
import type { Unavailable } from "../ports/store.ts";
import { homeOf } from "./home.ts";
import { createLookUps, perRegion } from "./look-ups.ts";
import { createNotify } from "./notify.ts";

export interface AwsOptions {
  readonly policy: Policy;
  /** The topic for users, in the stack's account and Region. */
  readonly topicArn: string;
  /** The topic for operators (default: the topic for users). */
  readonly operatorsTopicArn?: string;
  /** The topics that the policy's `notify` may name, in the stack's Region. */
  readonly routeTopicArns?: readonly string[];
  /**
   * The ledger's bucket, in the stack's account and Region. Without it the ledger is in memory and ends with the
   * process.
   */
  readonly ledgerBucket?: string;
  readonly queues?: Queues;
  /** The stack's name, which is the dimension of its metrics. */
  readonly stack?: string;
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

function stopLimitsOf({ limits }: Policy) {
  const stopsPerHour = limits["stops-per-hour"];
  return {
    stopsPerHour,
    stopsPerHourPerPrincipal: limits["stops-per-hour-per-principal"] ?? Math.ceil(stopsPerHour / 2),
  };
}

/** What does not depend on the policy: clients, caches of containers, the store. Made once. */
function connect(options: AwsOptions) {
  const {
    topicArn,
    operatorsTopicArn = topicArn,
    routeTopicArns = [],
    ledgerBucket,
    target = {},
    now = () => new Date(),
    wait = (ms) => new Promise((done) => setTimeout(done, ms)),
    elapsed = () => performance.now(),
    log,
  } = options;
  const where = homeOf(topicArn);
  const home = { ...target, region: where.region };
  const store = ledgerBucket ? createS3Store(home, ledgerBucket, where.account) : memoryStore(now);
  const queue = options.queues ? createQueues(home, options.queues) : undefined;
  const recordFault: Ports["recordFault"] = (at, error) => log(faultLine(at, error));
  const publish = createPublisher(home, operatorsTopicArn);
  const waiting = async () => queue?.waiting();
  const alarm = createAlarms({ store, publish, waiting, where, now, recordFault });
  const publishToUsers = createPublisher(home, topicArn);
  return {
    now,
    wait,
    elapsed,
    target,
    store,
    queue: queue ?? NO_QUEUE,
    sagemaker: perRegion(target, createSageMaker),
    notify: createNotify(home, { topicArn, routeTopicArns }, alarm),
    alarm,
    answerCanary: createAnswers({ store, publish: publishToUsers, where, stack: options.stack, now, recordFault, log }),
    parents: createParents(store, now),
    isNew: ledgerBucket === undefined,
    recordFault,
    log,
    answered: options.answered,
    stack: options.stack,
  };
}

/** Canaries are rare: what answers them is loaded with the first. */
function createAnswers(options: CanaryOptions): Ports["answerCanary"] {
  const load = async () => (await import("../enforce/store/canaries.ts")).createCanaries(options);
  let loaded: ReturnType<typeof load> | undefined;
  return async (canary, arrival) => {
    loaded ??= load();
    await (await loaded)(canary, arrival);
  };
}

type Connections = ReturnType<typeof connect>;
export type AwsPorts = Ports & { readonly queue: QueuePorts };

/** The ports on AWS. Each Region has its own clients, which are loaded when they are first needed. */
export function awsPorts(options: AwsOptions): AwsPorts {
  const { policy } = options;
  return portsUnder({ policy, version: versionOf(policy), cancelledBefore: undefined }, connect(options));
}

/**
 * The ports under the policy and the mode that are in force in the ledger's bucket. `policy` is the built-in one, `mode`
 * the stack's parameter. Call the result for each batch; it is unavailable where what is in force is not known yet.
 */
export function awsPortsInForce(options: AwsOptions & { readonly mode: Mode }): () => Promise<AwsPorts | Unavailable> {
  const connections = connect(options);
  const { store, elapsed, alarm } = connections;
  const inForce = createInForce({
    reads: store,
    builtIn: options.policy,
    parameter: options.mode,
    elapsed,
    alarm: (reason) => alarm({ kind: "control", reason }),
  });
  let last: { readonly under: InForce; readonly ports: AwsPorts } | undefined;
  return async () => {
    const under = await inForce();
    if (under.is === "unavailable") return under;
    if (last?.under !== under) last = { under, ports: portsUnder(under, connections) };
    return last.ports;
  };
}

function portsUnder(
  { policy, version, cancelledBefore }: Omit<InForce, "is">,
  { sagemaker, store, target, answered, log, stack, ...connections }: Connections,
): AwsPorts {
  const { now, wait, elapsed } = connections;
  const resolve = createLookUps({ policy, target, now }, sagemaker);
  return {
    ...connections,
    policy,
    policyVersion: version,
    cancelledBefore,
    ledger: createLedger({ store, policyVersion: version, now, elapsed, isNew: connections.isNew }),
    limiter: createLimiter({ store, ...stopLimitsOf(policy), wait }),
    causes: createCauses({ store, remindAfterDays: policy.limits["remind-after-days"], now, wait }),
    resolve: async (lookUp) => {
      const found = await resolve(lookUp);
      answered?.(lookUp, found);
      return found.answer;
    },
    tag: (order) => sagemaker(order.region).tag(order),
    stop: (order) => sagemaker(order.region).stop(order),
    record: (decision) => log(logLine(decision, now(), stack)),
  };
}

/** For a caller that has no queue. */
const NO_QUEUE: QueuePorts = { changeVisibility: async () => {}, sendToDeadLetters: async () => false };
