import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { awsPorts } from "../lib/compose/aws-ports.ts";
import { handleBatch } from "../lib/enforce/handle-batch.ts";
import policy from "../policy.yaml";
import { required } from "./required.ts";

let ports: ReturnType<typeof awsPorts> | undefined;

/**
 * Handles the queue of SageMaker events. Environment: `TOPIC_ARN` and `OPERATORS_TOPIC_ARN`, the topics of users and
 * operators; `LEDGER_BUCKET`; `QUEUE_URL` and `DEAD_LETTERS_URL`, the queue and its dead-letter queue; `KEYWARD_STACK`, the
 * stack's name; `KEYWARD_MODE`, its parameter.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  ports ??= awsPorts({
    policy,
    topicArn: required("TOPIC_ARN"),
    operatorsTopicArn: required("OPERATORS_TOPIC_ARN"),
    ledgerBucket: required("LEDGER_BUCKET"),
    stack: required("KEYWARD_STACK"),
    mode: process.env.KEYWARD_MODE,
    queues: { queueUrl: required("QUEUE_URL"), deadLettersUrl: required("DEAD_LETTERS_URL") },
    log: (line) => process.stdout.write(`${line}\n`),
  });
  return handleBatch(event, ports, ports.queue);
}
