import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Message, Queue } from "./sqs.ts";

type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Delivers as Lambda does: passes the visible messages to the function, and removes those that it does not return. */
export async function deliver(queue: Queue, handler: Handler, { batchSize = 10 } = {}): Promise<number> {
  const messages = queue.receive(batchSize);
  if (messages.length === 0) return 0;
  const { batchItemFailures } = await handler({ Records: messages.map((message) => toRecord(message, queue.name)) });
  const returned = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { id } of messages) if (!returned.has(id)) queue.remove(id);
  return messages.length;
}

function toRecord({ id, body, receives, sentAt, attributes }: Message, queueName: string): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt.getTime()),
      SenderId: "events.amazonaws.com",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: "String" }]),
    ),
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:us-east-1:111122223333:${queueName}`,
    awsRegion: "us-east-1",
  };
}
