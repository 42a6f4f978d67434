import { CloudFormationClient, ListStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import type { Fact, StackResource } from "../../doctor/facts.ts";
import { allPages, ask, optionsIn } from "./ask.ts";

/** The stack's resources by their logical ids. */
export function readStack(region: string, StackName: string): Promise<Fact<readonly StackResource[]>> {
  const client = new CloudFormationClient(optionsIn(region));
  return ask("cloudformation:ListStackResources", () =>
    allPages(async (NextToken) => {
      const answer = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
      const items = (answer.StackResourceSummaries ?? []).map((one) => ({
        id: one.LogicalResourceId ?? "",
        type: one.ResourceType ?? "",
        physicalId: one.PhysicalResourceId ?? "",
        updatedAt: one.LastUpdatedTimestamp ?? new Date(0),
      }));
      return { items, next: answer.NextToken };
    }),
  );
}
