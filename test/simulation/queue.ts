import type { SQSRecord } from "aws-lambda";
import type { Schedule } from "./schedule.ts";

interface Message {
  readonly id: string;
  readonly eventID: string;
  readonly body: string;
  readonly sentAt: number;
  readonly isRedriven: boolean;
  receives: number;
  visibleAt: number;
  receipt: string;
}

/** The function's queue: a message comes back until it is deleted. */
export interface Queue {
  readonly messages: Map<string, Message>;
  send(eventID: string, body: string, isRedriven?: boolean): void;
  /** The messages that are visible now, hidden from then on. */
  receive(max: number): readonly { readonly record: SQSRecord; readonly message: Message }[];
  changeVisibility(receipt: string, seconds: number): void;
  delete(receipt: string): Message | undefined;
}

const VISIBILITY_MS = 360_000;

export function createQueue(schedule: Schedule): Queue {
  const messages = new Map<string, Message>();
  let count = 0;
  // A receipt is void once the message has been received again (SQS Developer Guide, "Visibility timeout").
  const byReceipt = (receipt: string) => [...messages.values()].find((message) => message.receipt === receipt);
  return {
    messages,
    send(eventID, body, isRedriven = false) {
      const id = `m${++count}`;
      const now = schedule.now();
      messages.set(id, { id, eventID, body, sentAt: now, isRedriven, receives: 0, visibleAt: now, receipt: "" });
    },
    receive(max) {
      const now = schedule.now();
      const visible = [...messages.values()].filter(({ visibleAt }) => visibleAt <= now).slice(0, max);
      return visible.map((message) => {
        message.receives++;
        message.visibleAt = now + VISIBILITY_MS;
        message.receipt = `${message.id} ${message.receives}`;
        return { record: recordOf(message), message: { ...message } };
      });
    },
    changeVisibility(receipt, seconds) {
      const message = byReceipt(receipt);
      if (message) message.visibleAt = schedule.now() + seconds * 1000;
    },
    delete(receipt) {
      const message = byReceipt(receipt);
      if (message) messages.delete(message.id);
      return message;
    },
  };
}

const recordOf = ({ id, body, receives, sentAt, receipt, isRedriven }: Message): SQSRecord => ({
  messageId: id,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: "events",
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: isRedriven ? { reason: { dataType: "String", stringValue: "given up" } } : {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:us-east-1:111122223333:keyward",
  awsRegion: "us-east-1",
});
