import {
  type AdvancedFieldSelector,
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail as SdkTrail,
} from "@aws-sdk/client-cloudtrail";
import { defined } from "../../core/model/defined.ts";
import type { Fact, FieldSelector, Selectors, Trail } from "../../doctor/facts.ts";
import { ask, optionsIn } from "./ask.ts";

/**
 * The trails that log in a Region: its own, those of all Regions, those of the organization. Status and selectors are read in
 * a trail's home Region (GetTrailStatus, API Reference: elsewhere there is only a replication of the trail).
 */
export async function readTrails(region: string): Promise<Fact<readonly Trail[]>> {
  const client = new CloudTrailClient(optionsIn(region));
  const answer = await ask("cloudtrail:DescribeTrails", () =>
    client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  );
  if (answer.is !== "known") return answer;
  return { is: "known", value: await Promise.all((answer.value.trailList ?? []).map((one) => readTrail(one, region))) };
}

async function readTrail({ Name = "", TrailARN = Name, HomeRegion }: SdkTrail, region: string): Promise<Trail> {
  const client = new CloudTrailClient(optionsIn(HomeRegion ?? region));
  const [logging, selectors] = await Promise.all([
    ask("cloudtrail:GetTrailStatus", async () => {
      const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN }));
      return IsLogging === true;
    }),
    ask("cloudtrail:GetEventSelectors", () => readSelectors(client, TrailARN)),
  ]);
  return { name: HomeRegion === undefined || HomeRegion === region ? Name : TrailARN, logging, selectors };
}

async function readSelectors(client: CloudTrailClient, TrailName: string): Promise<Selectors> {
  const answer = await client.send(new GetEventSelectorsCommand({ TrailName }));
  return {
    basic: (answer.EventSelectors ?? []).map((one) => ({
      readWrite: one.ReadWriteType ?? "All",
      management: one.IncludeManagementEvents ?? true,
      excludedSources: one.ExcludeManagementEventSources ?? [],
    })),
    advanced: (answer.AdvancedEventSelectors ?? []).map(({ FieldSelectors = [] }) => FieldSelectors.map(toSelector)),
  };
}

const toSelector = ({ Field = "", ...operators }: AdvancedFieldSelector): FieldSelector => ({
  Field,
  ...defined(operators),
});
