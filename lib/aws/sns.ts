import type { Result } from "../ports/ports.ts";
import type { Mail } from "../wording/mail/mail.ts";
import { failureOf } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/**
 * Publishes to one topic. The client is loaded with the first call. It makes one attempt: without an answer the mail
 * may have arrived, so the SDK must not retry.
 */
export function createPublisher(target: Target, topicArn: string): (mail: Mail) => Promise<Result> {
  const load = async () => {
    const { PublishCommand, SNSClient } = await import("./sns-commands.ts");
    return { PublishCommand, client: new SNSClient({ ...clientOptions(target), maxAttempts: 1 }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (mail) => {
    try {
      loaded ??= load();
      const { PublishCommand, client } = await loaded;
      await client.send(new PublishCommand({ TopicArn: topicArn, ...toMessage(mail) }));
      return { is: "done" };
    } catch (error) {
      return failureOf(error);
    }
  };
}

/**
 * Each protocol has its own text (SNS Developer Guide, "platform-specific payloads"). The attributes are for filter
 * policies.
 */
function toMessage({ subject, default: text, email, chat, attributes }: Mail) {
  return {
    Subject: subject,
    Message: JSON.stringify({ default: text, email, https: chat }),
    MessageStructure: "json",
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    ),
  };
}
