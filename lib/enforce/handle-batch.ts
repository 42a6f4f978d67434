import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isFinal } from "../actions/outcome.ts";
import { faultOf } from "../core/model/fault.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Decision } from "../core/model/types.ts";
import { parseCanary } from "../core/read/parse-canary.ts";
import type { Delivery, Ports, QueuePorts } from "../ports/ports.ts";
import { escapeHidden } from "../text/escape-hidden.ts";
import { say } from "../wording/reasons/say.ts";
import { respond } from "./respond.ts";

/**
 * The wait of an unfinished message in seconds, by its number of receives. The last value applies to all later
 * receives. The first is longer than a claim (LEASE_MS), so that a second delivery never waits for a first one that has
 * ended without closing its entry.
 */
export const PAUSES_SECONDS = [100, 120, 180, 300, 600, 900] as const;

/** A message that is not finished after this number of hours goes to the dead-letter queue. */
export const GIVE_UP_AFTER_HOURS = 24;

/**
 * Handles a batch from the queue, each message on its own. An unfinished message is delivered again after a wait that
 * grows. A message goes to the dead-letter queue, with the reason, where it cannot be read, where it has failed for
 * good, or where its handling threw. No message delays the others.
 */
export async function handleBatch({ Records }: SQSEvent, ports: Ports, queue: QueuePorts): Promise<SQSBatchResponse> {
  const finished = await Promise.all(Records.map((record) => handleMessage(record, ports, queue)));
  return {
    batchItemFailures: Records.filter((_, i) => !finished[i]).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

/** Gives the whole batch back to the queue, which delivers it again after its visibility time-out. */
export function returnBatch({ Records }: SQSEvent, reason: Reason, log: (line: string) => void): SQSBatchResponse {
  const line = { level: "ERROR", returned: Records.length, code: reason.code, because: say(reason) };
  log(escapeHidden(JSON.stringify(line)));
  return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Whether the message can be deleted from the queue. */
async function handleMessage(record: SQSRecord, ports: Ports, queue: QueuePorts): Promise<boolean> {
  const delivery = deliveryOf(record, ports);
  const ended = await reasonsToGiveUp(record, delivery, ports);
  if (ended === "finished") return true;
  try {
    if (ended !== "unfinished") return await queue.sendToDeadLetters(record.body, ended);
    await queue.changeVisibility(record.receiptHandle, pauseOf(delivery));
  } catch (error) {
    // The message stays in the queue. The other messages of the batch are not affected.
    ports.recordFault({ messageId: record.messageId }, error);
  }
  return false;
}

/** Responds to the message. Returns the reasons where the message goes to the dead-letter queue. */
async function reasonsToGiveUp(
  record: SQSRecord,
  delivery: Delivery,
  ports: Ports,
): Promise<"finished" | "unfinished" | readonly Reason[]> {
  try {
    const event = readBody(record.body);
    const canary = parseCanary(event);
    const arrival = { sentAt: delivery.sentAt, mode: ports.policy.mode };
    if (canary && canary.is !== "call") {
      await ports.answerCanary(canary, arrival);
      return "finished";
    }
    const { decision, next } = await respond(event, ports, delivery);
    // The mark in a call is a claim by its caller. It never takes the place of judging.
    if (canary) await ports.answerCanary(canary, arrival);
    if (next === "done") return "finished";
    if (next === "deadLetter") return reasonsOf(decision);
    if (!delivery.isLast) return "unfinished";
    return [{ code: "gave-up", hours: GIVE_UP_AFTER_HOURS, open: reasonsOf(decision) }];
  } catch (error) {
    // This is a bug, and a retry does not fix it. The message goes to the dead-letter queue, where operators look.
    ports.recordFault({ messageId: record.messageId }, error);
    return [faultOf(error)];
  }
}

function pauseOf({ receives }: Delivery): number {
  return PAUSES_SECONDS[Math.min(receives, PAUSES_SECONDS.length) - 1] ?? PAUSES_SECONDS[0];
}

function deliveryOf({ attributes, messageAttributes }: SQSRecord, ports: Ports): Delivery {
  const sent = Number(attributes?.SentTimestamp);
  const sentAt = Number.isFinite(sent) ? new Date(sent) : ports.now();
  return {
    receives: Number(attributes?.ApproximateReceiveCount) || 1,
    sentAt,
    // Only a message that Keyward gave up has a reason (lib/aws/sqs.ts), and it keeps it when it is moved back.
    isRedriven: messageAttributes?.reason !== undefined,
    isLast: ports.now().getTime() - sentAt.getTime() > GIVE_UP_AFTER_HOURS * 3_600_000,
  };
}

/** The reasons of the remaining actions, or the reason of the verdict. */
function reasonsOf({ reason, actions }: Decision): readonly Reason[] {
  const open = actions.filter((outcome) => !isFinal(outcome));
  if (open.length === 0) return [reason ?? { code: "other-delivery" }];
  return open.map(
    (action): Reason => ({
      code: "action-open",
      action: action.do,
      outcome: action.outcome,
      answer: action.reason ?? null,
    }),
  );
}

/** A body that is not JSON stays text, and `parse` reports it as malformed. */
function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
