import { readFile } from "node:fs/promises";
import { foresee } from "../core/foresee.ts";
import { isObject } from "../core/member.ts";
import type { Decision } from "../core/types.ts";
import { awsPorts } from "../enforce/aws-ports.ts";
import { handleBatch } from "../enforce/handle-batch.ts";
import { deliver } from "../local/delivery.ts";
import { type EmbeddedAws, startEmbeddedAws } from "../local/embedded-aws.ts";
import type { KnownKey } from "../local/kms.ts";
import type { LocalSageMaker } from "../local/sagemaker.ts";
import type { Queue } from "../local/sqs.ts";
import { CliError } from "./cli-error.ts";
import type { Replay } from "./replay.ts";
import { showAftermath, showLater } from "./show-aftermath.ts";

const DEFAULT_WORLD = "events/world.json";
const MINUTE = 60_000;
/** As in the deployed stack: what is unfinished comes back after three minutes, twenty times at most. */
const VISIBILITY_SECONDS = 180;
const MAX_RECEIVES = 20;

interface World {
  readonly keys: readonly KnownKey[];
  readonly resources: readonly Parameters<LocalSageMaker["add"]>[0][];
}

/**
 * Replays on an AWS embedded in this process: each event makes its resource there and goes through the queue to the
 * function's own handler, whose real SDK clients act on it over the loopback interface.
 */
export async function replayEmbedded(replay: Replay, worldFile: string | undefined, human: boolean): Promise<void> {
  const { keys, resources } = await readWorld(worldFile);
  const aws = await startEmbeddedAws({ keys, now: startOf(replay) });
  try {
    for (const resource of resources) aws.sagemaker.add(resource);
    await playOut(aws, replay, human);
  } finally {
    await aws.close();
  }
}

async function playOut(aws: EmbeddedAws, { inputs, policy, show }: Replay, human: boolean): Promise<void> {
  const deadLetters = aws.createQueue("keyward-dead-letters");
  const queue = aws.createQueue("keyward", {
    visibilitySeconds: VISIBILITY_SECONDS,
    deadLetters: { queue: deadLetters, maxReceives: MAX_RECEIVES },
  });
  const { endpoint, credentials, clock } = aws;
  let recorded: Decision[] = [];
  const ports = {
    ...awsPorts({
      policy,
      topicArn: aws.sns.createTopic("keyward"),
      target: { endpoint, credentials },
      now: clock.now,
      log: () => {},
    }),
    record: (decision: Decision) => void recorded.push(decision),
  };
  const turn = async (): Promise<readonly Decision[]> => {
    recorded = [];
    while ((await deliver(queue, (event) => handleBatch(event, ports))) > 0);
    return recorded;
  };
  const decisions: Decision[] = [];
  for (const input of inputs) {
    const { event } = foresee(input.event, policy, clock.now());
    if (event.is === "call") aws.sagemaker.apply(event);
    queue.send(JSON.stringify(input.event));
    for (const decision of await turn()) {
      decisions.push(decision);
      show(input, decision);
    }
  }
  if (!human) return;
  forwardStateChanges(aws, queue);
  const start = clock.now().getTime();
  while (queue.size > 0) {
    clock.advance(MINUTE);
    const minutes = (clock.now().getTime() - start) / MINUTE;
    for (const decision of await turn()) if (decision.actions.length > 0) showLater(decision, minutes);
  }
  showAftermath(aws, decisions, deadLetters.size);
}

/** What the stack's second rule does: a notebook in service is sent to the queue at once. */
function forwardStateChanges(aws: EmbeddedAws, queue: Queue): void {
  aws.onStateChange((event) => {
    if (isObject(event.detail) && event.detail.NotebookInstanceStatus === "InService")
      queue.send(JSON.stringify(event));
  });
}

/** The embedded clock starts when the first event happened. */
function startOf({ inputs, policy }: Replay): Date {
  for (const { event } of inputs) {
    const time = Date.parse(foresee(event, policy, new Date()).decision.eventTime ?? "");
    if (!Number.isNaN(time)) return new Date(time);
  }
  return new Date();
}

async function readWorld(file: string | undefined): Promise<World> {
  try {
    const world: unknown = JSON.parse(await readFile(file ?? DEFAULT_WORLD, "utf8"));
    if (!isObject(world)) throw new Error("not an object");
    return { keys: [], resources: [], ...world } as unknown as World;
  } catch (error) {
    if (file === undefined) return { keys: [], resources: [] };
    throw new CliError(`${file}: cannot be read as a world (${error instanceof Error ? error.message : error})`);
  }
}
