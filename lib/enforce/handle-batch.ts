import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Ports } from "./ports.ts";
import { respond } from "./respond.ts";

/**
 * Answers a batch from the queue. Each message stands alone: what is unfinished or unreadable is returned to the queue
 * (and at last to its dead-letter queue) without holding up the others.
 */
export async function handleBatch({ Records }: SQSEvent, ports: Ports): Promise<SQSBatchResponse> {
  const retried = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        const { retry } = await respond(readBody(body), ports);
        return retry ? messageId : undefined;
      } catch (error) {
        // A bug: the event is kept, the others go on, and the log says where.
        ports.recordFault(messageId, error);
        return messageId;
      }
    }),
  );
  return {
    batchItemFailures: retried.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })),
  };
}

/** A body that is not JSON is left as the text that it is, which no parser takes for an event. */
function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
