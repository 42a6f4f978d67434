import { expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, embeddedState, happen, portsOn } from "../support/world.ts";
import { runBundled } from "./run-bundled.ts";

const DAY_MS = 86_400_000;

it("the bundled function of the daily mails sends yesterday's digest once", async () => {
  const policy = policyOf({ notify: [{ match: { account: "*" }, send: "daily" }] });
  const yesterday = new Date(Date.now() - DAY_MS);
  const { aws } = await embeddedState(policy, { now: yesterday });
  aws.buckets.set("ledger", { objects: new Map() });
  const call = happen(
    aws,
    "CreateTrainingJob",
    { TrainingJobName: "churn", ResourceConfig: { InstanceType: "ml.m5.large" } },
    { TrainingJobArn: arnOf("training-job", "churn") },
  );
  const delivery = { receives: 1, sentAt: yesterday, isRedriven: false, isLast: false };
  const event = { ...call, eventTime: yesterday.toISOString() };
  await respond(event, portsOn(aws, policy, { ledgerBucket: "ledger" }), delivery);
  aws.clock.advance(DAY_MS);
  expect(aws.sns.publications).toEqual([]);

  expect(await runBundled("daily", policy, aws)).toEqual([]);
  await runBundled("daily", policy, aws);
  const subject = expect.stringMatching(/^Keyward: daily, 1 resource /);
  expect(aws.sns.publications).toMatchObject([{ topicArn: expect.stringMatching(/:keyward$/), subject }]);
});
