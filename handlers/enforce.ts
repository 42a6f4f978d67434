import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { awsPortsInForce } from "../lib/compose/aws-ports.ts";
import { handleBatch, returnBatch } from "../lib/enforce/handle-batch.ts";
import policy from "../policy.yaml";
import { log, required, stackEnvironment } from "./environment.ts";

let inForce: ReturnType<typeof awsPortsInForce> | undefined;

/**
 * Handles the queue of SageMaker events. Environment: as for each function, and `QUEUE_URL` and `DEAD_LETTERS_URL`, the
 * queue and its dead-letter queue.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  inForce ??= awsPortsInForce({
    ...stackEnvironment(),
    policy,
    queues: { queueUrl: required("QUEUE_URL"), deadLettersUrl: required("DEAD_LETTERS_URL") },
    log,
  });
  const ports = await inForce();
  return "reason" in ports ? returnBatch(event, ports.reason, log) : handleBatch(event, ports, ports.queue);
}
