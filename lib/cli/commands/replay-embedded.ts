import { awsPorts } from "../../compose/aws-ports.ts";
import { isObject } from "../../core/model/member.ts";
import type { Decision, EventHead, Outcome } from "../../core/model/types.ts";
import { parse } from "../../core/read/parse.ts";
import { handleBatch } from "../../enforce/handle-batch.ts";
import { deliver } from "../../local/delivery.ts";
import type { EmbeddedAws } from "../../local/embedded-aws.ts";
import type { Queue } from "../../local/sqs.ts";
import type { Policy } from "../../policy/schema.ts";
import { startEmbedded } from "../input/start-embedded.ts";
import type { Later } from "../show/aftermath.ts";
import type { Replay } from "./replay-job.ts";

const MINUTE = 60_000;
/** As in the deployed stack. */
const VISIBILITY_SECONDS = 360;
const MAX_RECEIVES = 200;
const LEDGER_BUCKET = "keyward-ledger";
/** A replay shows every stop. The events do not belong to one hour, so the policy's limit does not apply. */
const NO_LIMIT = { "stops-per-hour": 10_000, "stops-per-hour-per-principal": 10_000 };

/**
 * Replays on an AWS embedded in this process: each event makes its resource there and goes through the queue to the
 * function's own handler, whose real SDK clients act on it over the loopback interface. If the view
 * asks for it, the time then advances until the queue is empty. Returns the decisions of that time.
 */
export async function replayEmbedded(replay: Replay, world: string | undefined): Promise<Decision[]> {
  const { account, eventTime } = firstOf(replay);
  const { aws, given } = await startEmbedded(world, account, new Date(eventTime ?? Date.now()));
  try {
    const { queue, deadLetters, turn } = startFunction(aws, replay);
    const decisions = await deliverEach(aws, queue, turn, replay);
    if (!replay.view.untilFinished) return [];
    const deliveries = await letTimePass(aws, queue, turn, decisions);
    if (deliveries.length > 0) replay.view.later(deliveries);
    const later = deliveries.map(({ decision }) => decision);
    const affected = new Set([...decisions, ...later].map(({ resource }) => `${resource?.kind} ${resource?.name}`));
    const resources = aws.sagemaker.resources.filter(
      (one) => !given.has(one) || affected.has(`${one.kind} ${one.name}`),
    );
    replay.view.aftermath({ aws, resources, deadLetters: deadLetters.size });
    return later;
  } finally {
    await aws.close();
  }
}

/** The time and the account of the first event. The embedded AWS starts with them. */
function firstOf({ inputs }: Replay): Partial<Pick<EventHead, "account" | "eventTime">> {
  for (const { event } of inputs) {
    const parsed = parse(event);
    const head = "head" in parsed ? parsed.head : parsed;
    if (!Number.isNaN(Date.parse(head.eventTime ?? ""))) return head;
  }
  return {};
}

/** Delivers the visible messages to the function. Returns its decisions. */
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
      routeTopicArns: topicNamesOf(policy).map((name) => aws.sns.createTopic(name)),
      ledgerBucket: LEDGER_BUCKET,
      queues: {
        queueUrl: `${endpoint}/${aws.account}/${queue.name}`,
        deadLettersUrl: `${endpoint}/${aws.account}/${deadLetters.name}`,
      },
      target: { endpoint, credentials },
      now: clock.now,
      // The embedded AWS has its own time.
      wait: async (ms) => clock.advance(ms),
      log: () => {},
    }),
    record: (decision: Decision) => void recorded.push(decision),
    // An error that is thrown is a bug, so it must not be hidden.
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

/** The topics that the policy names. In the embedded AWS the stack has them all. */
const topicNamesOf = ({ notify = [] }: Policy): string[] => [...new Set(notify.flatMap(({ to }) => to ?? []))];

async function deliverEach(aws: EmbeddedAws, queue: Queue, turn: Turn, { inputs, view }: Replay) {
  const decisions: Decision[] = [];
  for (const input of inputs) {
    const parsed = parse(input.event);
    if (parsed.is === "call") aws.sagemaker.apply(parsed);
    queue.send(JSON.stringify(input.event));
    for (const decision of await turn()) {
      decisions.push(decision);
      view.event(input, decision);
    }
  }
  return decisions;
}

/** Advances the time in minutes: resources change their status, and unfinished messages are delivered again. */
async function letTimePass(aws: EmbeddedAws, queue: Queue, turn: Turn, decisions: readonly Decision[]) {
  forwardStateChanges(aws, queue);
  const outcomes = new Map<string | null, readonly Outcome[]>(
    decisions.map(({ eventID, actions }) => [eventID, actions]),
  );
  const later: Later[] = [];
  const start = aws.clock.now().getTime();
  while (queue.size > 0) {
    aws.clock.advance(MINUTE);
    const minutes = Math.floor((aws.clock.now().getTime() - start) / MINUTE);
    for (const decision of await turn()) {
      const { eventID, actions } = decision;
      if (actions.length === 0) continue;
      later.push({ decision, earlier: outcomes.get(eventID), minutes });
      outcomes.set(eventID, actions);
    }
  }
  return later;
}

/** Does the same as the stack's second rule: sends the event of a notebook that is InService to the queue. */
function forwardStateChanges(aws: EmbeddedAws, queue: Queue): void {
  aws.onStateChange((event) => {
    if (isObject(event.detail) && event.detail.NotebookInstanceStatus === "InService")
      queue.send(JSON.stringify(event));
  });
}
