import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import type { Entry } from "../../lib/enforce/store/entry.ts";
import { deliver } from "../../lib/local/delivery.ts";
import { type EmbeddedAws, type Fault, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import type { Queue } from "../../lib/local/sqs.ts";
import type { WireRequest } from "../../lib/local/wire.ts";
import { KEY, policyOf } from "../support/build.ts";
import { alarmsOf, BUCKET, entriesOf, followUpsOf, mailsOf, portsOn } from "../support/world.ts";
import { jobFor } from "./jobs.ts";

/**
 * Every AWS call that enforcing an event makes: a key looked up, a job tagged, stopped and reported; and, below the
 * line, a bucket and a parent looked up for a job that an AutoML job has started, which is what gets stopped then; and the
 * steps of a pipeline's execution, which name its job.
 */
export const SITES = {
  DescribeKey: ({ operation }) => operation === "DescribeKey",
  "ledger: claim": ({ operation, raw }) =>
    operation === "PutObject" && isLedger(raw) && raw.headers["if-none-match"] === "*",
  "ledger: take over": ({ operation }) => operation === "GetObject",
  "limiter: slot": ({ operation, raw }) => operation === "PutObject" && raw.url.pathname.includes("/limiter/"),
  AddTags: ({ operation }) => operation === "AddTags",
  StopTrainingJob: ({ operation }) => operation === "StopTrainingJob",
  "DescribeTrainingJob (warm pool)": ({ operation }) => operation === "DescribeTrainingJob",
  "UpdateTrainingJob (warm pool)": ({ operation }) => operation === "UpdateTrainingJob",
  Publish: ({ operation, input }) => operation === "Publish" && String(input.TopicArn).endsWith(":keyward"),
  "ledger: outcome": ({ operation, raw }) => operation === "PutObject" && isLedger(raw) && stateIn(raw) !== "working",
  "queue: visibility": ({ operation }) => operation === "ChangeMessageVisibility",
  "dead letters: SendMessage": ({ operation }) => operation === "SendMessage",
  GetBucketEncryption: ({ operation }) => operation === "GetBucketEncryption",
  "DescribeTrainingJob (parent)": ({ operation }) => operation === "DescribeTrainingJob",
  "parent's note": ({ operation, raw }) => operation === "PutObject" && raw.url.pathname.includes("/parents/"),
  "StopAutoMLJob (parent)": ({ operation }) => operation === "StopAutoMLJob",
  "ListPipelineExecutionSteps (parent)": ({ operation }) => operation === "ListPipelineExecutionSteps",
} as const satisfies Readonly<Record<string, (request: WireRequest) => boolean>>;

const isLedger = ({ url }: WireRequest["raw"]): boolean => url.pathname.includes("/ledger/");
const stateIn = ({ body }: WireRequest["raw"]): string => JSON.parse(body.toString()).state;

export const FAULTS = [
  "throttle once",
  "throttle always",
  "5xx",
  "reset",
  "hang",
  "denied",
  "crash before",
  "crash after",
  "lost for good",
  "409",
] as const;
export const DELIVERIES = ["once", "five at once", "five in a row"] as const;

export type Site = keyof typeof SITES;
export type FaultName = (typeof FAULTS)[number];
export type Delivered = (typeof DELIVERIES)[number];

/** What was found in the end. */
export interface Ended {
  /** Whether the faulty call was made at all. */
  readonly met: boolean;
  /** Mails about the event itself. */
  readonly mails: number;
  readonly followUps: number;
  readonly tagged: boolean;
  /** Of what was to be stopped, or of the job itself where that was. */
  readonly status: string;
  readonly warmPool: boolean;
  readonly entry: Entry | undefined;
  readonly entries: number;
  readonly inQueue: number;
  readonly dead: number;
  readonly deadAsItCame: boolean;
  readonly alarms: number;
}

const ALWAYS: readonly FaultName[] = ["throttle always", "denied", "lost for good"];

/** The conditional writes: only they are answered with 409, where another write to the same key is in progress. */
const WRITES: readonly Site[] = ["ledger: claim", "limiter: slot", "ledger: outcome", "parent's note"];
export const isPossible = (site: Site, fault: FaultName): boolean => fault !== "409" || WRITES.includes(site);
const MINUTE = 60_000;

/**
 * How long one attempt of a call may take, in milliseconds. Only a call that hangs is meant to meet it: an attempt that
 * a slow machine ended would be another fault than the cell's.
 */
const HANG_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 120_000;

/** Plays one cell of the matrix out on an AWS of its own. */
export async function playCell(site: Site, fault: FaultName, delivered: Delivered): Promise<Ended> {
  const dead = new Set<string>();
  let met = 0;
  const aws = await startEmbeddedAws({
    now: new Date("2026-11-02T09:15:00Z"),
    keys: [{ arn: KEY, manager: "AWS" }],
    fault: (request) => {
      const container = containerOf(request);
      if (dead.has(container)) return { is: "hang" };
      // Only an event that has failed for good is sent to the dead-letter queue.
      if (site === "dead letters: SendMessage" && request.operation === "AddTags") return REFUSED;
      if (!SITES[site](request) || (met > 0 && !ALWAYS.includes(fault))) return undefined;
      met++;
      if (fault.startsWith("crash")) dead.add(container);
      return faultOf(fault);
    },
  });
  try {
    const { queue, deadLetters, body } = prepare(aws, delivered, site);
    const timeoutMs = fault === "hang" ? HANG_TIMEOUT_MS : TIMEOUT_MS;
    await play({ aws, queue, delivered, dead, timeoutMs });
    const job = aws.sagemaker.resources.find(({ kind }) => kind === "training-job");
    const stopped = aws.sagemaker.resources.find(({ status }) => status.startsWith("Stop")) ?? job;
    const entries = entriesOf(aws);
    return {
      met: met > 0,
      mails: mailsOf(aws).length - followUpsOf(aws).length,
      followUps: followUpsOf(aws).length,
      tagged: (job?.tags.size ?? 0) > 0,
      status: stopped?.status ?? "",
      warmPool: job?.warmPool ?? false,
      entry: entries[0],
      entries: entries.length,
      inQueue: queue.size,
      dead: deadLetters.size,
      deadAsItCame: deadLetters.peek().every((message) => message.body === body),
      alarms: alarmsOf(aws).length,
    };
  } finally {
    await aws.close();
  }
}

const REFUSED: Fault = { is: "error", name: "ValidationException", message: "no", status: 400 };

function faultOf(fault: FaultName): Fault {
  switch (fault) {
    case "throttle once":
    case "throttle always":
      return { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 };
    case "5xx":
      return { is: "error", name: "ServiceUnavailable", message: "unavailable", status: 503 };
    case "denied":
      return { is: "error", name: "AccessDeniedException", message: "not authorized", status: 403 };
    case "409":
      return { is: "error", name: "ConditionalRequestConflict", message: "a write is in progress", status: 409 };
    case "lost for good":
      return { is: "reset", after: true };
    case "reset":
      return { is: "reset" };
    case "hang":
    case "crash before":
      return { is: "hang" };
    case "crash after":
      return { is: "hang", after: true };
    default:
      return fault satisfies never;
  }
}

const containerOf = ({ raw }: WireRequest): string =>
  /Credential=([^/]+)\//.exec(raw.headers.authorization ?? "")?.[1] ?? "";

function prepare(aws: EmbeddedAws, delivered: Delivered, site: Site) {
  aws.buckets.set(BUCKET, { objects: new Map() });
  const deadLetters = aws.createQueue("dead-letters");
  const redrive = { queue: deadLetters, maxReceives: 200 };
  const queue = aws.createQueue("events", { visibilitySeconds: 360, deadLetters: redrive });
  const body = JSON.stringify(jobFor(site, aws));
  for (let i = 0; i < (delivered === "once" ? 1 : 5); i++) queue.send(body);
  return { queue, deadLetters, body };
}

interface Played {
  readonly aws: EmbeddedAws;
  readonly queue: Queue;
  readonly delivered: Delivered;
  readonly dead: Set<string>;
  readonly timeoutMs: number;
}

/** Delivers until the queue is empty: some ten minutes, and then the day after which messages are given up. */
async function play({ aws, queue, delivered, dead, timeoutMs }: Played): Promise<void> {
  // A bucket's look-up decides about a stop here, so that its faults are seen to hold up or to lose one.
  const policy = policyOf({
    keys: { accept: "customer-managed" },
    "stop-for": ["volume", "output", "unkeyed-output"],
  });
  let containers = 0;
  const batchSize = delivered === "five at once" ? 1 : 10;
  const turn = async () => {
    const seen: Promise<unknown>[] = [];
    for (let more = true; more; ) {
      const id = `container${++containers}`;
      const credentials = { accessKeyId: id, secretAccessKey: "x" };
      const ports = portsOn(aws, policy, { target: { endpoint: aws.endpoint, credentials, timeoutMs } });
      const run = deliver(queue, (event) => handleBatch(event, ports, ports.queue), { batchSize });
      // A crash ends the process: whatever it still does goes nowhere, and its messages are not answered for.
      const one = Promise.race([run, untilDead(id, dead)]);
      more = queue.visible > 0;
      if (delivered === "five at once") seen.push(one);
      else await one;
    }
    await Promise.all(seen);
  };
  for (const minutes of [0, 2, 2, 7, 7, 7, 15, 26 * 60, 10, 10]) {
    aws.clock.advance(minutes * MINUTE);
    if (queue.size > 0) await turn();
  }
}

async function untilDead(id: string, dead: ReadonlySet<string>): Promise<void> {
  while (!dead.has(id)) await new Promise((done) => setTimeout(done, 20).unref());
}
