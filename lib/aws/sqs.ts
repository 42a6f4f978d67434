import type { Reason } from "../core/model/reason.ts";
import type { QueuePorts } from "../ports/ports.ts";
import { say } from "../wording/reasons/say.ts";
import { failureOf } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

export interface Queues {
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
}

export interface QueueAdapter extends QueuePorts {
  /** The approximate number of messages in the queue; `undefined` where SQS does not return it. */
  waiting(): Promise<number | undefined>;
}

const COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;

/** The function's own queue and its dead-letter queue. The client is loaded with the first call. */
export function createQueues(target: Target, { queueUrl, deadLettersUrl }: Queues): QueueAdapter {
  const load = async () => {
    const sdk = await import("./sqs-commands.ts");
    // The Region's endpoint serves every queue in the Region. The host of the queue's URL would ignore
    // AWS_ENDPOINT_URL.
    return { sdk, client: new sdk.SQSClient({ ...clientOptions(target), useQueueUrlAsEndpoint: false }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const use = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    // If this fails, the queue's visibility time-out applies.
    changeVisibility: (ReceiptHandle, VisibilityTimeout) =>
      unlessFailed(undefined, async () => {
        const { sdk, client } = await use();
        await client.send(
          new sdk.ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout }),
        );
      }),
    // If this fails, the message stays in the queue until the redrive policy moves it.
    sendToDeadLetters: (MessageBody, reasons) =>
      unlessFailed(false, async () => {
        const { sdk, client } = await use();
        const MessageAttributes = { reason: { DataType: "String", StringValue: reasonText(reasons) } };
        await client.send(new sdk.SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody, MessageAttributes }));
        return true;
      }),
    waiting: () =>
      unlessFailed(undefined, async () => {
        const { sdk, client } = await use();
        const { Attributes } = await client.send(
          new sdk.GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] }),
        );
        return COUNTS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
      }),
  };
}

/** The value, or `otherwise` where the call to AWS failed. A bug is thrown again. */
async function unlessFailed<T, U>(otherwise: U, run: () => Promise<T>): Promise<T | U> {
  try {
    return await run();
  } catch (error) {
    failureOf(error);
    return otherwise;
  }
}

/** A message attribute's text has no control characters and is not empty (SQS API Reference, MessageAttributeValue). */
const reasonText = (reasons: readonly Reason[]): string =>
  reasons
    .map((reason) => say(reason))
    .join("; ")
    .replace(/\p{C}+/gu, " ")
    .slice(0, 1_000);
