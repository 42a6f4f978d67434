import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { awsPortsInForce } from "../lib/compose/aws-ports.ts";
import { modeParameter } from "../lib/compose/mode-parameter.ts";
import { routeTopicsOf } from "../lib/compose/notify.ts";
import { handleBatch, returnBatch } from "../lib/enforce/handle-batch.ts";
import policy from "../policy.yaml";
import { required } from "./required.ts";

let inForce: ReturnType<typeof awsPortsInForce> | undefined;

const log = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Handles the queue of SageMaker events. Environment: `TOPIC_ARN` and `OPERATORS_TOPIC_ARN`, the topics of users and
 * operators; `ROUTE_TOPIC_ARNS`, the topics that the policy's `notify` may name; `LEDGER_BUCKET`; `QUEUE_URL` and `DEAD_LETTERS_URL`, the queue and its dead-letter queue; `KEYWARD_STACK`, the
 * stack's name; `KEYWARD_MODE`, the mode until somebody switches it.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  inForce ??= awsPortsInForce({
    policy,
    mode: modeParameter(),
    topicArn: required("TOPIC_ARN"),
    operatorsTopicArn: required("OPERATORS_TOPIC_ARN"),
    routeTopicArns: routeTopicsOf(),
    ledgerBucket: required("LEDGER_BUCKET"),
    stack: required("KEYWARD_STACK"),
    queues: { queueUrl: required("QUEUE_URL"), deadLettersUrl: required("DEAD_LETTERS_URL") },
    log,
  });
  const ports = await inForce();
  return "reason" in ports ? returnBatch(event, ports.reason, log) : handleBatch(event, ports, ports.queue);
}
