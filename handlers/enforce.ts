import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { awsPorts } from "../lib/enforce/aws-ports.ts";
import { handleBatch } from "../lib/enforce/handle-batch.ts";
import type { Ports } from "../lib/enforce/ports.ts";
import policy from "../policy.yaml";

let ports: Ports | undefined;

/** Answers the queue of SageMaker events. Environment: `TOPIC_ARN`, the topic that mails go to. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  ports ??= awsPorts({ policy, topicArn: topicArn(), log: (line) => process.stdout.write(`${line}\n`) });
  return handleBatch(event, ports);
}

function topicArn(): string {
  const arn = process.env.TOPIC_ARN;
  if (!arn) throw new Error("TOPIC_ARN is not set: the function cannot tell anybody");
  return arn;
}
