import { describe, expect, it } from "vitest";
import { LOOK_BACK_DAYS } from "../../lib/daily/collect.ts";
import { DIGEST_WITHIN_MS } from "../../lib/enforce/notices.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import { policyOf } from "../support/build.ts";
import { alarmsOf, firstDelivery, mailsOf } from "../support/world.ts";
import { afterDay, DAILY, DAY_MS, jobOf, objectAt, publishedIn, run } from "./daily-world.ts";

const OBSERVING = policyOf({ mode: "observe" });

it("a run looks at every day whose notices may still be put into a daily mail", () => {
  // The run on the day after the last one on which the event's entry may be made.
  expect(LOOK_BACK_DAYS * DAY_MS).toBeGreaterThanOrEqual(DIGEST_WITHIN_MS + DAY_MS);
});

describe("the digest", () => {
  it("is one mail for each topic, about all notices of the day", async () => {
    const given = await afterDay(["churn-1", "churn-2", "other"]);
    const { aws } = given;
    expect(aws.sns.publications).toEqual([]);
    expect(await run(given)).toEqual({ is: "done" });
    expect(publishedIn(aws).sort()).toEqual([
      "keyward: Keyward: daily, 1 resource",
      "team-churn: Keyward: daily, 2 resources",
    ]);
    const [mail] = aws.sns.publications.filter(({ topicArn }) => topicArn.endsWith(":team-churn"));
    expect(mail?.messages.email).toMatch(/^2 resources without an accepted KMS key, or not clear, on 2026-11-02/);
    expect(mail?.messages.email).toMatch(/^What to do: /m);
    expect(mail?.messages.email).toMatch(
      /- training job churn-1, stopped: the job's output in S3, the ML storage\n {2}volume\. By arn:aws/,
    );
    expect(mail?.attributes).toMatchObject({ kind: "digest", region: "us-east-1" });
    const chat = JSON.parse(mail?.messages.https ?? "{}");
    expect(chat).toMatchObject({ version: "1.0", source: "custom", content: { textType: "client-markdown" } });
    expect(chat.content.description).toContain("churn-2");
    expect(objectAt(aws, "digest/2026-11-02.json")).toMatchObject({
      state: "closed",
      mails: [
        { to: "team-churn", attempts: 1, state: "sent" },
        { to: null, attempts: 1, state: "sent" },
      ],
    });
  });

  it("is sent once, however often the function runs, on that day and later", async () => {
    const given = await afterDay(["churn-1"]);
    const { aws } = given;
    for (let day = 0; day < 4; day++) {
      await run(given);
      await run(given);
      aws.clock.advance(DAY_MS);
    }
    expect(publishedIn(aws)).toEqual(["team-churn: Keyward: daily, 1 resource"]);
  });

  it("is not sent where there is nothing to say, and costs one list and one read for a day", async () => {
    const given = await afterDay([]);
    const { aws } = given;
    const before = aws.calls.length;
    expect(await run(given)).toEqual({ is: "done" });
    expect(aws.sns.publications).toEqual([]);
    const operations = aws.calls.slice(before).map(({ operation }) => operation);
    expect(operations.filter((one) => one.startsWith("List"))).toHaveLength(3);
    expect(operations.filter((one) => one === "Publish")).toEqual([]);
  });

  it("has an event of the day before that was handled late, once", async () => {
    const given = await afterDay(["churn-1"]);
    const { aws, ports, state } = given;
    await run(given);
    await respond(jobOf(aws, "churn-late"), ports, firstDelivery(state));
    aws.clock.advance(DAY_MS);
    await run(given);
    await run(given);
    expect(publishedIn(aws)).toEqual([
      "team-churn: Keyward: daily, 1 resource",
      "team-churn: Keyward: daily, 1 resource",
    ]);
    expect(aws.sns.publications[1]?.messages.email).toContain("churn-late");
    expect(aws.sns.publications[1]?.messages.email).not.toContain("churn-1,");
  });

  it("waits for an event that is not finished, and has it when it is", async () => {
    const failure: { fault: Fault | undefined } = {
      fault: { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 },
    };
    const given = await afterDay([], undefined, {
      fault: ({ operation }) => (operation === "StopTrainingJob" ? failure.fault : undefined),
    });
    const { aws, ports, state } = given;
    const event = jobOf(aws, "churn-1");
    await respond(event, ports, firstDelivery(state));
    await run(given);
    expect(aws.sns.publications).toEqual([]);
    failure.fault = undefined;
    aws.clock.advance(120_000);
    await respond(event, ports, { ...firstDelivery(state), receives: 2 });
    aws.clock.advance(DAY_MS);
    await run(given);
    expect(publishedIn(aws)).toEqual(["team-churn: Keyward: daily, 1 resource"]);
    expect(aws.sns.publications[0]?.messages.email).toContain("churn-1, stopped");
  });

  it("about a topic that the stack does not have goes to the users, and the operators know", async () => {
    const given = { ...(await afterDay(["churn-1"])), routeTopicArns: [] };
    await run(given);
    expect(publishedIn(given.aws)).toEqual([
      "operators: Keyward does not know a topic that the policy names",
      "keyward: Keyward: daily, 1 resource",
    ]);
  });

  it("shows the first fifty of many, the worst first, and says how to list them", async () => {
    const names = Array.from({ length: 60 }, (_, i) => `job-${String(i).padStart(2, "0")}`);
    const limits = { "stops-per-hour": 100, "stops-per-hour-per-principal": 100 };
    const denied: Fault = { is: "error", name: "AccessDeniedException", message: "no", status: 400 };
    const given = await afterDay(
      names,
      { ...DAILY, limits: { ...DAILY.limits, ...limits } },
      {
        fault: ({ operation, input }) =>
          operation === "StopTrainingJob" && input.TrainingJobName === "job-42" ? denied : undefined,
      },
    );
    await run(given);
    const email = mailsOf(given.aws)[0]?.messages.email ?? "";
    expect(email.match(/^- training job/gm)).toHaveLength(50);
    expect(email).toContain("- and 10 more\n");
    expect(email).toContain("aws s3 cp s3://keyward-ledger/digest/2026-11-02.json - --region us-east-1");
    expect(email.split("\n- ")[1]).toMatch(/^training job job-42, NOT stopped/);
  });

  it("makes no link and no mention of what a caller wrote", async () => {
    const given = await afterDay([]);
    const { aws, ports, state } = given;
    const event = jobOf(aws, "x");
    const evil = "<http://evil.example|click> @here";
    const userIdentity = { type: "IAMUser", arn: evil, principalId: evil };
    await respond({ ...event, eventTime: "2026-11-02T23:00:00Z", userIdentity }, ports, firstDelivery(state));
    await run(given);
    const { email, https } = mailsOf(aws)[0]?.messages ?? {};
    for (const text of [email, https]) {
      expect(text).toContain("hxxp://evil[.]example");
      expect(text).not.toMatch(/http:|<|@here/);
    }
  });
});

describe("the summary of observing", () => {
  it("says to the operators what would have been done, and nobody gets another mail", async () => {
    const given = await afterDay(["a", "b"], OBSERVING);
    const { aws } = given;
    await run(given);
    expect(publishedIn(aws)).toEqual(["operators: Keyward: observed, 2 resources"]);
    const email = alarmsOf(aws)[0]?.messages.email ?? "";
    expect(email).toMatch(/^Keyward only observed: it would have acted on 2 resources on 2026-11-02/);
    expect(email).toContain("- training job: would tag 2, stop 2, notify 2");
    expect(email).toMatch(/- under the policy [0-9a-f]{12}/);
    expect(email).toContain("- training job a, would be stopped: ");
    expect(email).toContain("- 2 of them by arn:aws:iam::111122223333:user/ana");
    expect(email).toMatch(/keyward mode enforce\s+--stack keyward --because/);
  });

  it("counts only what would be done: no stop that the policy does not justify", async () => {
    const given = await afterDay(["a"], policyOf({ mode: "observe", "stop-for": ["core-dump"] }));
    await run(given);
    expect(alarmsOf(given.aws)[0]?.messages.email).toContain("- training job: would tag 1, notify 1");
  });

  it("is not sent for a day without anything to report", async () => {
    const given = await afterDay([], OBSERVING);
    await run(given);
    expect(given.aws.sns.publications).toEqual([]);
  });
});
