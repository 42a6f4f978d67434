import type { QueuePorts } from "../ports/ports.ts";
import { clientOptions, type Target } from "./target.ts";

export interface Queues {
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
}

export interface QueueAdapter extends QueuePorts {
  /** How many messages wait, roughly; `undefined` where the queue does not say. */
  waiting(): Promise<number | undefined>;
}

/** The function's own queue and its dead-letter queue. The client is loaded with the first call. */
export function createQueues(target: Target, { queueUrl, deadLettersUrl }: Queues): QueueAdapter {
  const load = async () => {
    const sdk = await import("./sqs-commands.ts");
    // The Region's endpoint serves every queue in it; a URL's own host would pass by AWS_ENDPOINT_URL.
    return { sdk, client: new sdk.SQSClient({ ...clientOptions(target), useQueueUrlAsEndpoint: false }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const use = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    async pause(ReceiptHandle, VisibilityTimeout) {
      try {
        const { sdk, client } = await use();
        await client.send(
          new sdk.ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout }),
        );
      } catch {
        // The queue's own visibility time-out holds then.
      }
    },
    async bury(MessageBody, reason) {
      try {
        const { sdk, client } = await use();
        const StringValue = reason.replace(/\p{C}+/gu, " ").slice(0, 1_000);
        const MessageAttributes = { reason: { DataType: "String", StringValue } };
        await client.send(new sdk.SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody, MessageAttributes }));
        return true;
      } catch {
        // It stays in the queue, whose own redrive policy buries it at last.
        return false;
      }
    },
    async waiting() {
      try {
        const { sdk, client } = await use();
        const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
        const { Attributes } = await client.send(
          new sdk.GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
        );
        return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
      } catch {
        return undefined;
      }
    },
  };
}
