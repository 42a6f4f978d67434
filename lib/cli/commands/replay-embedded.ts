import { awsPorts } from "../../compose/aws-ports.ts";
import { isObject } from "../../core/model/member.ts";
import type { Decision, Outcome } from "../../core/model/types.ts";
import { foresee } from "../../core/plan/dry-run.ts";
import { handleBatch } from "../../enforce/handle-batch.ts";
import { deliver } from "../../local/delivery.ts";
import type { EmbeddedAws } from "../../local/embedded-aws.ts";
import type { Queue } from "../../local/sqs.ts";
import { startEmbedded } from "../input/start-embedded.ts";
import { showAftermath, showLater } from "../show/aftermath.ts";
import { heading } from "../terminal/layout.ts";
import { print } from "../terminal/terminal.ts";
import type { Replay } from "./replay-job.ts";

const MINUTE = 60_000;
/** As in the deployed stack. */
const VISIBILITY_SECONDS = 360;
const MAX_RECEIVES = 200;
const LEDGER_BUCKET = "keyward-ledger";
/** A replay is no hour of an account's life: what would be stopped is to be seen, however much it is. */
const NO_LIMIT = { "stops-per-hour": 10_000 };

/**
 * Replays on an AWS embedded in this process: each event makes its resource there and goes through the queue to the
 * function's own handler, whose real SDK clients act on it over the loopback interface. For a person, time then goes on
 * until the queue is empty; what was decided on the way comes back.
 */
export async function replayEmbedded(replay: Replay, world: string | undefined, human: boolean): Promise<Decision[]> {
  const { account, eventTime } = firstOf(replay);
  const { aws, given } = await startEmbedded(world, account, new Date(eventTime ?? Date.now()));
  try {
    const { queue, deadLetters, turn } = startFunction(aws, replay);
    const decisions = await deliverEach(aws, queue, turn, replay);
    if (!human) return [];
    const later = await letTimePass(aws, queue, turn, decisions);
    const touched = new Set([...decisions, ...later].map(({ resource }) => `${resource?.kind} ${resource?.name}`));
    const ended = aws.sagemaker.resources.filter((one) => !given.has(one) || touched.has(`${one.kind} ${one.name}`));
    showAftermath(aws, ended, deadLetters.size);
    return later;
  } finally {
    await aws.close();
  }
}

/** The embedded clock starts when the first event happened, and the account is that event's. */
function firstOf({ inputs, policy }: Replay): Partial<Pick<Decision, "account" | "eventTime">> {
  for (const { event } of inputs) {
    const { decision } = foresee(event, policy, new Date());
    if (!Number.isNaN(Date.parse(decision.eventTime ?? ""))) return decision;
  }
  return {};
}

/** Lets the function take what can be seen of its queue; returns what it decided. */
type Turn = () => Promise<readonly Decision[]>;

function startFunction(aws: EmbeddedAws, { policy }: Replay): { queue: Queue; deadLetters: Queue; turn: Turn } {
  const { endpoint, credentials, clock } = aws;
  const deadLetters = aws.createQueue("keyward-dead-letters");
  const queue = aws.createQueue("keyward", {
    visibilitySeconds: VISIBILITY_SECONDS,
    deadLetters: { queue: deadLetters, maxReceives: MAX_RECEIVES },
  });
  aws.buckets.set(LEDGER_BUCKET, { objects: new Map() });
  let recorded: Decision[] = [];
  const ports = {
    ...awsPorts({
      policy: { ...policy, limits: { ...policy.limits, ...NO_LIMIT } },
      topicArn: aws.sns.createTopic("keyward"),
      operatorsTopicArn: aws.sns.createTopic("keyward-operators"),
      ledgerBucket: LEDGER_BUCKET,
      queues: {
        queueUrl: `${endpoint}/${aws.account}/${queue.name}`,
        deadLettersUrl: `${endpoint}/${aws.account}/${deadLetters.name}`,
      },
      target: { endpoint, credentials },
      now: clock.now,
      log: () => {},
    }),
    record: (decision: Decision) => void recorded.push(decision),
    // What throws is a bug: it is to be seen.
    recordFault: (_at: unknown, error: unknown) => {
      throw error;
    },
  };
  const turn = async () => {
    recorded = [];
    while ((await deliver(queue, (event) => handleBatch(event, ports, ports.queue))) > 0);
    return recorded;
  };
  return { queue, deadLetters, turn };
}

async function deliverEach(aws: EmbeddedAws, queue: Queue, turn: Turn, { inputs, policy, show }: Replay) {
  const decisions: Decision[] = [];
  for (const input of inputs) {
    const { event } = foresee(input.event, policy, aws.clock.now());
    if (event.is === "call") aws.sagemaker.apply(event);
    queue.send(JSON.stringify(input.event));
    for (const decision of await turn()) {
      decisions.push(decision);
      show(input, decision);
    }
  }
  return decisions;
}

/** Minute by minute: resources change their states, and what was left unfinished is delivered again. */
async function letTimePass(aws: EmbeddedAws, queue: Queue, turn: Turn, decisions: readonly Decision[]) {
  forwardStateChanges(aws, queue);
  const outcomes = new Map<string | null, readonly Outcome[]>(
    decisions.map(({ eventID, actions }) => [eventID, actions]),
  );
  const later: Decision[] = [];
  const start = aws.clock.now().getTime();
  while (queue.size > 0) {
    aws.clock.advance(MINUTE);
    const minutes = (aws.clock.now().getTime() - start) / MINUTE;
    for (const decision of await turn()) {
      const { eventID, actions } = decision;
      if (actions.length === 0) continue;
      if (later.length === 0) print(`${heading("As time goes on")}\n`);
      print(showLater(decision, outcomes.get(eventID), minutes));
      outcomes.set(eventID, actions);
      later.push(decision);
    }
  }
  if (later.length > 0) print();
  return later;
}

/** What the stack's second rule does: a notebook in service is sent to the queue at once. */
function forwardStateChanges(aws: EmbeddedAws, queue: Queue): void {
  aws.onStateChange((event) => {
    if (isObject(event.detail) && event.detail.NotebookInstanceStatus === "InService")
      queue.send(JSON.stringify(event));
  });
}
