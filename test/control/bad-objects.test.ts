import { describe, expect, it } from "vitest";
import { controlStore } from "../../lib/compose/account.ts";
import { awsPortsInForce } from "../../lib/compose/aws-ports.ts";
import { pushPolicy, switchMode } from "../../lib/control/change-control.ts";
import { CONTROL_KEY, policyKey } from "../../lib/control/control-object.ts";
import { versionOf } from "../../lib/policy/version.ts";
import { policyOf } from "../support/build.ts";
import { alarmsOf, BUCKET, embeddedState } from "../support/world.ts";

const BUILT_IN = policyOf();
const PUSHED = policyOf({ limits: { "stops-per-hour": 3 } });
const FIVE_MB = Buffer.alloc(5 * 1024 * 1024, " ");

/** A warm container on the embedded AWS in which PUSHED is in force; `later` is what holds so many seconds later. */
async function container() {
  const { aws } = await embeddedState();
  const { endpoint, credentials } = aws;
  let elapsed = 0;
  const inForce = awsPortsInForce({
    policy: BUILT_IN,
    mode: "enforce",
    topicArn: aws.sns.createTopic("keyward"),
    operatorsTopicArn: aws.sns.createTopic("operators"),
    ledgerBucket: BUCKET,
    target: { endpoint, credentials, timeoutMs: 120_000 },
    now: aws.clock.now,
    elapsed: () => elapsed,
    log: () => {},
  });
  const store = controlStore({ endpoint, credentials, region: "us-east-1" }, BUCKET, "111122223333");
  const author = (seconds: number) => ({
    by: "me",
    at: new Date(aws.clock.now().getTime() + seconds * 1_000),
    because: "a test",
  });
  const later = async (seconds: number) => {
    elapsed += seconds * 1_000;
    const ports = await inForce();
    if ("reason" in ports) throw new Error(ports.reason.code);
    return { version: ports.policyVersion, mode: ports.policy.mode };
  };
  await pushPolicy(store, PUSHED, "", author(0));
  const first = await later(0);
  const objects = aws.buckets.get(BUCKET)?.objects;
  if (!objects) throw new Error("no bucket");
  const overwrite = (key: string, body: Buffer) => {
    const object = objects.get(key) ?? objects.get(CONTROL_KEY);
    if (object) objects.set(key, { ...object, body, etag: '"by-hand"' });
  };
  return { aws, store, author, later, first, overwrite };
}

describe("a bad object in the ledger's bucket", () => {
  it("a control object of 5 MB changes nothing, and the operators are mailed once", async () => {
    const { aws, later, first, overwrite } = await container();
    overwrite(CONTROL_KEY, FIVE_MB);
    expect(await later(60)).toEqual(first);
    expect(await later(60)).toEqual(first);
    expect(alarmsOf(aws).map(({ messages }) => messages.email)).toEqual([
      expect.stringMatching(/larger\s+than\s+2097152/),
    ]);
  });

  it("a policy of 5 MB: the last one stays, and the operators are mailed", async () => {
    const { aws, later, first, overwrite } = await container();
    const other = "0123456789ab";
    overwrite(policyKey(other), FIVE_MB);
    overwrite(CONTROL_KEY, Buffer.from(JSON.stringify({ policyVersion: other })));
    expect(await later(60)).toEqual(first);
    expect(alarmsOf(aws)).toHaveLength(1);
  });

  it("a bucket that has become another account's changes nothing", async () => {
    const { aws, store, author, later, first } = await container();
    const bucket = aws.buckets.get(BUCKET);
    if (bucket) aws.buckets.set(BUCKET, { ...bucket, owner: "444455556666" });
    expect(await later(60)).toEqual(first);
    expect(await switchMode(store, "off", author(60))).toMatchObject({ is: "fault" });
  });

  it("what changes twice a second is read once a minute, and the last change holds", async () => {
    const { aws, store, author, later } = await container();
    const reads = () => aws.calls.filter(({ operation }) => operation === "GetObject").length;
    for (let change = 1; change <= 20; change++) {
      expect(await switchMode(store, change % 2 ? "off" : "observe", author(change / 2))).toMatchObject({
        is: "changed",
      });
      const before = reads();
      await later(0.5);
      expect(reads()).toBe(before);
    }
    expect(await later(50)).toEqual({ version: versionOf(PUSHED), mode: "observe" });
  });
});
