import { describe, expect, it, onTestFinished } from "vitest";
import { type EmbeddedOptions, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { keywardBeside } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";

const ON = ["--stack", "keyward-prod"] as const;
const WHY = ["--because", "a test"] as const;

/** An embedded AWS with an installation, a stack that is another one's, and the command line on it. */
async function installation(options: EmbeddedOptions = {}) {
  const aws = await startEmbeddedAws(options);
  onTestFinished(() => aws.close());
  aws.buckets.set("ledger", { objects: new Map() });
  const outputs = { LedgerBucket: "ledger", OperatorsTopicArn: "arn:aws:sns:us-east-1:111122223333:operators" };
  aws.stacks.set("keyward-prod", { outputs, parameters: { Mode: "observe" } });
  aws.stacks.set("a-website", { outputs: {}, parameters: {} });
  const env = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "embedded",
    AWS_SECRET_ACCESS_KEY: "embedded",
    AWS_REGION: "us-east-1",
  };
  const keyward = (args: readonly string[], more: Record<string, string> = {}) =>
    keywardHere(args, { ...env, ...more });
  /** The SDK looks for credentials in the home folder of the process. */
  const inOwnProcess = (args: readonly string[], more: Record<string, string> = {}) =>
    keywardBeside(args, { ...env, ...more });
  const objects = () => [...(aws.buckets.get("ledger")?.objects.keys() ?? [])].sort();
  return { aws, keyward, inOwnProcess, objects };
}

const NAMED =
  "Stack keyward-prod in us-east-1 of account 111122223333, as arn:aws:sts::111122223333:assumed-role/operator/me\n";

describe("keyward mode", () => {
  it("shows the mode, switches it with who and why, and names account and stack", async () => {
    const { keyward } = await installation();
    const before = await keyward(["mode", ...ON]);
    expect(before).toMatchObject({ code: 0, err: NAMED });
    expect(before.out).toContain("the stack's parameter Mode is observe");
    const off = await keyward(["mode", "off", ...ON, "--because", "stops the wrong jobs"]);
    expect(off).toMatchObject({ code: 0, err: NAMED });
    expect(off.out).toMatch(/^#1 {2}\S+ {2}mode off {2}policy built in\n {2}stops the wrong jobs \(arn:aws:sts/);
    expect(JSON.parse((await keyward(["mode", ...ON, "--json"])).out)).toMatchObject({
      parameter: "observe",
      mode: "off",
      by: "arn:aws:sts::111122223333:assumed-role/operator/me",
      because: "stops the wrong jobs",
      revision: 1,
    });
  });

  it("asks before it enforces; without a terminal it needs --yes", async () => {
    const { keyward, objects } = await installation();
    const asked = await keyward(["mode", "enforce", ...ON, ...WHY]);
    expect(asked.code).toBe(2);
    expect(asked.err).toContain("without a terminal give --yes");
    expect(objects()).toEqual([]);
    expect(await keyward(["mode", "enforce", ...ON, ...WHY, "--yes"])).toMatchObject({ code: 0 });
    expect(objects()).toEqual(["control/current.json"]);
  });
});

describe("keyward policy", () => {
  it("pushes, pulls, lists and rolls back", async () => {
    const { keyward, objects } = await installation();
    expect(await keyward(["policy", "push", "policy.yaml", ...ON, ...WHY])).toMatchObject({ code: 0 });
    const again = await keyward(["policy", "push", "policy.yaml", ...ON, ...WHY]);
    expect(again).toMatchObject({ code: 0, out: "" });
    expect(again.err).toContain("is in force already; nothing was changed");
    const pulled = await keyward(["policy", "pull", ...ON]);
    expect(pulled.out).toMatch(/^version: 1$/m);
    expect(await keyward(["policy", "rollback", ...ON])).toMatchObject({ code: 2 });
    const none = await keyward(["policy", "rollback", ...ON, ...WHY]);
    expect(none.err).toContain("there is no earlier policy");
    await keyward(["mode", "observe", ...ON, ...WHY]);
    const history = (await keyward(["policy", "history", ...ON, "--json"])).out.trim().split("\n");
    expect(history.map((line) => JSON.parse(line))).toMatchObject([
      { revision: 2, mode: "observe" },
      { revision: 1, policyVersion: expect.stringMatching(/^[0-9a-f]{12}$/) },
    ]);
    expect(objects()).toHaveLength(3);
  });

  it("shows what a policy changes for a trail, and asks", async () => {
    const { keyward, objects } = await installation();
    const pushed = await keyward([
      "policy",
      "push",
      "policy.yaml",
      ...ON,
      ...WHY,
      "--compare",
      "events/create-training-job",
      "--yes",
    ]);
    expect(pushed).toMatchObject({ code: 0 });
    expect(pushed.out).toMatch(/Policy [0-9a-f]{12} compared with [0-9a-f]{12}/);
    expect(objects()).toContain("control/current.json");
  });

  it("does not push what is no policy", async () => {
    const { keyward, objects } = await installation();
    const bad = await keyward(["policy", "push", "package.json", ...ON, ...WHY]);
    expect(bad.code).toBe(2);
    expect(bad.err).toMatch(/package\.json:\d+:\d+ /);
    expect(objects()).toEqual([]);
  });
});

describe("bad input", () => {
  it.each([
    [["mode", "off", ...ON], "say why: give --because"],
    [["mode", "loud", ...ON, ...WHY], "loud is not known; there are off, observe, enforce"],
    [["mode", "off", ...WHY], "which installation? Give --stack NAME"],
    [["mode", "off", "--stack", "nope", ...WHY], "there is no stack nope in us-east-1 of account 111122223333"],
    [
      ["mode", "off", "--stack", "a-website", ...WHY],
      "a-website in us-east-1 of account 111122223333 is not an installation",
    ],
    [["mode", "off", ...ON, ...WHY, "--region", "moon"], "moon is not a Region"],
    [["policy", "rollback", ...ON, ...WHY, "--to", "latest"], "latest is not a version"],
    [["policy", "rollback", ...ON, ...WHY, "--to", "0123456789ab"], "never pushed"],
  ])("%j: one clear line, nothing changed", async (args, text) => {
    const { keyward, objects } = await installation();
    const { code, out, err } = await keyward(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(text);
    expect(err.replace(NAMED, "").trim().split("\n")).toHaveLength(1);
    expect(objects()).toEqual([]);
  });

  it("a Region that is off, credentials that are wrong, and no network: seconds, and what to do", async () => {
    const refused = {
      is: "error",
      name: "InvalidClientTokenId",
      message: "The security token is invalid",
      status: 403,
    } as const;
    const { keyward, inOwnProcess } = await installation({
      fault: ({ service }) => (service === "sts" ? refused : undefined),
    });
    expect((await keyward(["mode", ...ON])).err).toContain(
      "they are wrong, or the Region is not enabled in the account",
    );
    const dead = await keyward(["mode", ...ON], { AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    expect(dead.err).toContain("check that the Region is spelled right and enabled");
    const without = {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: "/nonexistent",
    };
    expect((await inOwnProcess(["mode", ...ON], without)).err).toContain("sign in (aws sso login), or set AWS_PROFILE");
  });
});

describe("replay and explain on AWS", () => {
  const TOPIC = ["--topic", "arn:aws:sns:us-east-1:111122223333:t"] as const;
  const EVENT = "events/CreateNotebookInstance/fail-no-key.json";

  it("name the account, and do nothing before the user agrees", async () => {
    const { keyward } = await installation();
    const { code, out, err } = await keyward(["replay", "--target", "aws", ...TOPIC, EVENT]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^Account 111122223333, us-east-1, as arn:aws:sts::111122223333:assumed-role\/operator\/me\n/);
    expect(err).toMatch(/without a terminal give --yes/);
  });

  it.each([["replay", ...TOPIC, "--yes"], ["explain"]])(
    "%s: credentials that do not work: one line",
    async (...args) => {
      const { keyward } = await installation();
      const gone = await keyward([...args, "--target", "aws", EVENT], { AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
      expect(gone).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^keyward: .*and the network\n$/) });
    },
  );

  it.each([["replay", ...TOPIC, "--yes"], ["explain"]])(
    "%s: an event of another account is refused",
    async (...args) => {
      const { keyward } = await installation({ account: "444455556666" });
      const { code, out, err } = await keyward([...args, "--target", "aws", EVENT]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toBe(
        `keyward: ${EVENT} is of account 111122223333, and the credentials are of 444455556666; nothing was done\n`,
      );
    },
  );
});
