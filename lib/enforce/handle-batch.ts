import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Delivery, Ports, QueuePorts } from "../ports/ports.ts";
import { respond } from "./respond.ts";

/** How long a message that is not finished waits, by how often it has been received; the last holds from there on. */
export const PAUSES_SECONDS = [60, 120, 180, 300, 600, 900] as const;

/** After so long a message that is still not finished goes to the dead-letter queue. */
export const GIVE_UP_AFTER_HOURS = 24;

/**
 * Answers a batch from the queue. Each message stands alone: what is not finished comes back after a growing pause, and
 * what cannot be read or has failed for good goes to the dead-letter queue with the reason, without holding up the others.
 */
export async function handleBatch({ Records }: SQSEvent, ports: Ports, queue: QueuePorts): Promise<SQSBatchResponse> {
  const finished = await Promise.all(Records.map((record) => handleMessage(record, ports, queue)));
  return {
    batchItemFailures: Records.filter((_, i) => !finished[i]).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

/** Whether the message can be taken off the queue. */
async function handleMessage(record: SQSRecord, ports: Ports, queue: QueuePorts): Promise<boolean> {
  const delivery = deliveryOf(record, ports);
  try {
    const { decision, next } = await respond(readBody(record.body), ports, delivery);
    if (next === "done") return true;
    if (next === "dead") return await queue.bury(record.body, reasonOf(decision));
    const waited = ports.now().getTime() - delivery.sentAt.getTime();
    if (waited > GIVE_UP_AFTER_HOURS * 3_600_000) {
      return await queue.bury(record.body, `not finished within ${GIVE_UP_AFTER_HOURS} hours: ${reasonOf(decision)}`);
    }
  } catch (error) {
    // A bug: the event is kept, the others go on, and the log says where.
    ports.recordFault(record.messageId, error);
  }
  await queue.pause(record.receiptHandle, pauseOf(delivery));
  return false;
}

function pauseOf({ receives }: Delivery): number {
  return PAUSES_SECONDS[Math.min(receives, PAUSES_SECONDS.length) - 1] ?? PAUSES_SECONDS[0];
}

function deliveryOf({ attributes }: SQSRecord, ports: Ports): Delivery {
  const sent = Number(attributes?.SentTimestamp);
  return {
    receives: Number(attributes?.ApproximateReceiveCount) || 1,
    sentAt: Number.isFinite(sent) ? new Date(sent) : ports.now(),
  };
}

function reasonOf({ because, actions }: Awaited<ReturnType<typeof respond>>["decision"]): string {
  const open = actions.filter(({ outcome }) => outcome === "deferred" || outcome === "failed");
  const parts = open.map((action) => `${action.do} ${action.outcome}${action.because ? ` (${action.because})` : ""}`);
  return parts.join("; ") || because || "another delivery was at work on it";
}

/** A body that is not JSON is left as the text that it is, which no parser takes for an event. */
function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
