import { spawn } from "node:child_process";
import { describe, expect, it, onTestFinished } from "vitest";
import { callPattern } from "../../lib/catalogue/rule.ts";
import { CANARY_DETAIL_TYPE, CANARY_SOURCE } from "../../lib/core/model/canary.ts";
import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { CANARY_MAILS_AN_HOUR } from "../../lib/enforce/store/canaries.ts";
import { hourOf } from "../../lib/enforce/store/limiter.ts";
import { deliver } from "../../lib/local/delivery.ts";
import type { EmbeddedOptions } from "../../lib/local/embedded-aws.ts";
import { policyOf } from "../support/build.ts";
import { CLI, keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";
import { BUCKET, embeddedState, mailsOf, portsOn } from "../support/world.ts";

const ON = ["canary", "--stack", "keyward-prod"] as const;
const CANARY_PATTERN = {
  source: [CANARY_SOURCE],
  "detail-type": [CANARY_DETAIL_TYPE],
  detail: { stack: ["keyward-prod"] },
};

interface Broken {
  /** The rules that are there (default: both). */
  readonly rules?: readonly object[];
  /** The event source mapping is off. */
  readonly mappingOff?: true;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** An installation on an embedded AWS whose function runs, and the command line on it. */
async function installation(options: EmbeddedOptions = {}, broken: Broken = {}) {
  const { rules = [CANARY_PATTERN, callPattern], mappingOff, parameters } = broken;
  const world = await embeddedState(policyOf({ mode: "observe" }), options);
  const { aws, queue } = world;
  aws.bus.rules.push(...rules.map((pattern) => ({ pattern, queue })));
  const ports = portsOn(aws, policyOf({ mode: "observe" }), { stack: "keyward-prod" });
  aws.stacks.set("keyward-prod", {
    outputs: {
      LedgerBucket: BUCKET,
      OperatorsTopicArn: "arn:aws:sns:us-east-1:111122223333:operators",
      QueueUrl: `${aws.endpoint}/111122223333/events`,
      DeadLetterQueueUrl: `${aws.endpoint}/111122223333/dead-letters`,
    },
    parameters: { Mode: "observe", CanarySchedule: "", ...parameters },
  });
  aws.stacks.set("a-website", { outputs: {}, parameters: {} });
  let delivering = Promise.resolve<unknown>(undefined);
  const mapping = setInterval(() => {
    if (!mappingOff)
      delivering = delivering.then(() => deliver(queue, (event) => handleBatch(event, ports, ports.queue)));
  }, 50);
  onTestFinished(async () => {
    clearInterval(mapping);
    await delivering;
  });
  const env = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "embedded",
    AWS_SECRET_ACCESS_KEY: "embedded",
    AWS_REGION: "us-east-1",
  };
  const keyward = (...args: readonly string[]) => keywardHere(args, env);
  const operations = (service: string) =>
    aws.calls.filter((one) => one.service === service).map(({ operation }) => operation);
  return { ...world, env, keyward, operations };
}

const AT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const stationsIn = (out: string) => [...out.matchAll(/^ {2}(\S+) +(\w+) +(.*)$/gm)].map(([, at, name]) => [name, at]);

describe("keyward canary", () => {
  it("goes through every station to one test mail, and says when it passed each", async () => {
    const { aws, keyward } = await installation();
    const { code, out, err } = await keyward(...ON);
    expect({ code, err }).toEqual({
      code: 0,
      err: "Stack keyward-prod in us-east-1 of account 111122223333, as arn:aws:sts::111122223333:assumed-role/operator/me\n",
    });
    expect(out).toMatch(
      new RegExp(
        `^ {2}${AT} {2}event {5}EventBridge accepted it\n {2}${AT} {2}queue .*\n {2}${AT} {2}function .*\n {2}${AT} {2}ledger +canary/event/${ID}\\.json is written\n {2}${AT} {2}mail +SNS accepted the test mail\nArrived\\. Look for the mail "Keyward: test mail`,
      ),
    );
    expect(mailsOf(aws).map(({ subject }) => subject)).toEqual([
      "Keyward: test mail, nothing to do (111122223333 us-east-1)",
    ]);
    expect([...(aws.buckets.get(BUCKET)?.objects.keys() ?? [])].filter((key) => key.startsWith("ledger/"))).toEqual([]);
  });

  it("says the same as JSON", async () => {
    const { keyward } = await installation();
    const { code, out } = await keyward(...ON, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      id: expect.stringMatching(new RegExp(`^${ID}$`)),
      stack: "keyward-prod",
      arrived: true,
      stations: ["event", "queue", "function", "ledger", "mail"].map((station) => ({ station })),
      missed: [],
    });
  });

  it("is not another stack's: its rule does not match, and its function sends nothing", async () => {
    const other = { ...CANARY_PATTERN, detail: { stack: ["keyward-test"] } };
    const { aws, keyward } = await installation({}, { rules: [other] });
    expect(await keyward(...ON, "--wait", "1")).toMatchObject({ code: 1 });
    expect(aws.sns.publications).toEqual([]);
  });
});

describe("what is broken is named, with what to look at", () => {
  it("no rule: it got lost before the ledger, and the queue is empty", async () => {
    const { keyward } = await installation({}, { rules: [] });
    const { code, out } = await keyward(...ON, "--wait", "1");
    expect(code).toBe(1);
    expect(stationsIn(out)).toEqual([
      ["event", expect.stringMatching(AT)],
      ["function", "-"],
    ]);
    expect(out).toContain("not seen within 1 s");
    expect(out).toContain("The queue is empty: look at the function's log");
    expect(out).toContain("keyward doctor --stack keyward-prod");
  });

  it("a mapping that is off: the message waits in the queue", async () => {
    const { keyward } = await installation({}, { mappingOff: true });
    const { code, out } = await keyward(...ON, "--wait", "1");
    expect(code).toBe(1);
    expect(out).toContain("About 1 message is in the queue: look at the event source mapping");
  });

  it("a topic that refuses: the mail is the station", async () => {
    const refused = { is: "error", name: "AuthorizationError", message: "not authorized", status: 403 } as const;
    const { keyward } = await installation({ fault: ({ service }) => (service === "sns" ? refused : undefined) });
    const { code, out } = await keyward(...ON, "--json");
    expect(code).toBe(1);
    const { stations, missed, arrived } = JSON.parse(out);
    expect(arrived).toBe(false);
    expect(stations.map(({ station }: { station: string }) => station)).toEqual([
      "event",
      "queue",
      "function",
      "ledger",
    ]);
    expect(missed).toMatchObject([{ station: "mail", because: expect.stringContaining("AuthorizationError") }]);
  });

  it("the hour's test mails are used up: the rest works", async () => {
    const { aws, keyward } = await installation();
    const objects = aws.buckets.get(BUCKET)?.objects;
    for (let n = 1; n <= CANARY_MAILS_AN_HOUR; n++) {
      const key = `canary/mails/${hourOf(aws.clock.now())}/${n}.json`;
      objects?.set(key, { body: Buffer.from("{}"), etag: `"${n}"` });
    }
    const { code, out } = await keyward(...ON);
    expect(code).toBe(1);
    expect(out).toContain("not sent: 5 test mails were sent in this hour");
    expect(out).toContain("Everything else works.");
    expect(aws.sns.publications).toEqual([]);
  });

  it.each([["the mode is off", { parameters: { Mode: "off" } }, "switched off and answers nothing"]] as const)(
    "%s: it does not begin",
    async (_, broken, text) => {
      const { keyward, operations } = await installation({}, broken);
      const { code, out, err } = await keyward(...ON);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(text);
      expect(operations("events")).toEqual([]);
    },
  );

  it("an installation that is older than the canary: it does not begin", async () => {
    const { aws, keyward, operations } = await installation();
    const { outputs = {} } = aws.stacks.get("keyward-prod") ?? {};
    aws.stacks.set("keyward-prod", { outputs, parameters: { Mode: "observe" } });
    const { code, err } = await keyward(...ON);
    expect(code).toBe(2);
    expect(err).toContain("older than the canary: deploy this version");
    expect(operations("events")).toEqual([]);
  });

  it.each([
    ["events", "EventBridge does not take the canary: AccessDeniedException: not authorized"],
    ["s3", "the canary needs s3:GetObject and s3:ListBucket"],
  ])("%s denies the caller: it does not begin", async (service, text) => {
    const denied = { is: "error", name: "AccessDeniedException", message: "not authorized", status: 400 } as const;
    const { aws, keyward } = await installation({ fault: (one) => (one.service === service ? denied : undefined) });
    const { code, out, err } = await keyward(...ON);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(text);
    expect(aws.sns.publications).toEqual([]);
  });

  it.each([
    [["canary"], "which installation? Give --stack NAME"],
    [["canary", "--stack", "a-website"], "is not an installation of Keyward"],
    [[...ON, "--wait", "soon"], "--wait takes a number of seconds from 1 to 86400"],
    [[...ON, "--wait", "0"], "--wait takes a number of seconds"],
  ])("%j: one clear line, nothing sent", async (args, text) => {
    const { keyward, operations } = await installation();
    const { code, out, err } = await keyward(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(text);
    expect(operations("events")).toEqual([]);
  });
});

it("says what it does not understand, in a process", () => {
  expect(keyward([...ON, "now"])).toMatchObject({ code: 2, err: expect.stringContaining("Unexpected argument 'now'") });
});

describe("keyward canary --real", () => {
  it("proves trail and rule with a call that it undoes at once", async () => {
    const { aws, keyward, operations } = await installation();
    const { code, out } = await keyward(...ON, "--real");
    expect(code).toBe(0);
    const names = ["event", "queue", "function", "ledger", "mail", "call", "queue", "function", "ledger"];
    expect(stationsIn(out).map(([name]) => name)).toEqual(names);
    expect(out).toMatch(new RegExp(`SageMaker created keyward-canary-${ID}, and deleted it again`));
    expect(aws.lifecycleConfigs.size).toBe(0);
    expect(operations("sagemaker")).toEqual([
      "CreateNotebookInstanceLifecycleConfig",
      "DeleteNotebookInstanceLifecycleConfig",
    ]);
    expect(mailsOf(aws)).toHaveLength(1);
  });

  it("a trail that logs nothing: the call is deleted, and the trail is named", async () => {
    const { aws, keyward } = await installation({}, { rules: [CANARY_PATTERN] });
    const { code, out } = await keyward(...ON, "--real", "--wait", "2");
    expect(code).toBe(1);
    expect(stationsIn(out).at(-1)).toEqual(["trail", "-"]);
    expect(out).toContain("it usually needs up to 15 minutes");
    expect(aws.lifecycleConfigs.size).toBe(0);
  });

  it("an event that does not arrive: the call is not waited for, and deleted", async () => {
    const { aws, keyward } = await installation({}, { mappingOff: true });
    const { code, out } = await keyward(...ON, "--real", "--wait", "1");
    expect(code).toBe(1);
    expect(stationsIn(out).map(([name]) => name)).toEqual(["event", "function"]);
    expect(aws.lifecycleConfigs.size).toBe(0);
  });

  it("a creation whose answer is lost is deleted too", async () => {
    const { aws, keyward, operations } = await installation({
      fault: ({ operation }) => (/^CreateNotebook/.test(operation) ? { is: "reset", after: true } : undefined),
    });
    const { code, err } = await keyward(...ON, "--real");
    expect(code).toBe(2);
    expect(err).toContain("SageMaker does not take the real call");
    expect(operations("sagemaker").at(-1)).toBe("DeleteNotebookInstanceLifecycleConfig");
    expect(aws.lifecycleConfigs.size).toBe(0);
    expect(operations("events")).toEqual([]);
  });

  it("a creation that is denied is not deleted, and nothing is sent", async () => {
    const denied = { is: "error", name: "AccessDeniedException", message: "not authorized", status: 400 } as const;
    const { keyward, operations } = await installation({
      fault: ({ operation }) => (/^CreateNotebook/.test(operation) ? denied : undefined),
    });
    expect(await keyward(...ON, "--real")).toMatchObject({ code: 2, out: "" });
    expect(operations("sagemaker")).toEqual(["CreateNotebookInstanceLifecycleConfig"]);
    expect(operations("events")).toEqual([]);
  });

  it("a deletion that is denied: names what is left and the command that deletes it", async () => {
    const denied = { is: "error", name: "AccessDeniedException", message: "not authorized", status: 400 } as const;
    const { keyward } = await installation({
      fault: ({ operation }) => (/^DeleteNotebook/.test(operation) ? denied : undefined),
    });
    const { code, err } = await keyward(...ON, "--real");
    expect(code).toBe(0);
    expect(err).toMatch(
      new RegExp(
        `keyward-canary-${ID} may still be there .*delete-notebook-instance-lifecycle-config --notebook-instance-lifecycle-config-name keyward-canary-${ID}`,
      ),
    );
  });

  it.each(["SIGINT", "SIGTERM"] as const)("%s during the call waits until it is undone", async (signal) => {
    let child: ReturnType<typeof spawn> | undefined;
    const { aws, env, operations } = await installation({
      fault: ({ operation }) => {
        if (/^CreateNotebook/.test(operation)) child?.kill(signal);
        return undefined;
      },
    });
    const running = spawn(process.execPath, [...CLI, ...ON, "--real"], { env: { ...process.env, ...env } });
    child = running;
    let err = "";
    running.stderr.on("data", (data) => {
      err += data;
    });
    const code = await new Promise((done) => running.on("close", done));
    expect(code).toBe(2);
    expect(err).toMatch(/interrupted; keyward-canary-\S+ is deleted again\n$/);
    expect(aws.lifecycleConfigs.size).toBe(0);
    expect(operations("events")).toEqual([]);
  });

  it("Ctrl-C while it waits ends it at once: nothing is left to undo", async () => {
    const { aws, env } = await installation({}, { rules: [] });
    const running = spawn(process.execPath, [...CLI, ...ON, "--real"], { env: { ...process.env, ...env } });
    running.stdout.once("data", () => running.kill("SIGINT"));
    const ended = await new Promise((done) => running.on("close", (code, signal) => done(code ?? signal)));
    expect(ended).toBe("SIGINT");
    expect(aws.lifecycleConfigs.size).toBe(0);
  });
});
