import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Topic } from "../../doctor/facts.ts";
import { allPages, ask, optionsIn } from "./ask.ts";

/** The subscriptions of a topic. */
export async function readTopic(region: string, topic: Omit<Topic, "subscriptions">): Promise<Topic> {
  const client = new SNSClient(optionsIn(region));
  const subscriptions = await ask("sns:ListSubscriptionsByTopic", () =>
    allPages(async (NextToken) => {
      const answer = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn, NextToken }));
      const items = (answer.Subscriptions ?? [])
        // One that was ended is listed as "Deleted" for some time.
        .filter(({ SubscriptionArn }) => SubscriptionArn !== "Deleted")
        .map(({ Endpoint = "", Protocol = "", SubscriptionArn = "" }) => ({
          endpoint: Endpoint,
          protocol: Protocol,
          confirmed: SubscriptionArn.startsWith("arn:"),
        }));
      return { items, next: answer.NextToken };
    }),
  );
  return { ...topic, subscriptions };
}
