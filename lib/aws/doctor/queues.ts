import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Fact, Queue } from "../../doctor/facts.ts";
import { ask, optionsIn } from "./ask.ts";
import { documentOf } from "./document.ts";

const COUNTS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/** A queue's ARN, its policy, and the number of its messages, visible or not. */
export function readQueue(region: string, url: string): Promise<Fact<Queue>> {
  // The Region's endpoint serves every queue in the Region.
  const client = new SQSClient({ ...optionsIn(region), useQueueUrlAsEndpoint: false });
  return ask("sqs:GetQueueAttributes", async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn", "Policy", ...COUNTS] });
    const { Attributes = {} } = await client.send(command);
    return {
      url,
      arn: Attributes.QueueArn ?? "",
      policy: documentOf(Attributes.Policy),
      waiting: COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0),
    };
  });
}
