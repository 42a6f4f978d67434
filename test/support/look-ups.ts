import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { startEmbedded } from "../../lib/cli/input/start-embedded.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { readPolicy } from "../../lib/policy/read-policy.ts";
import { folderOf } from "./sdk-schemas.ts";
import { BUCKET, portsOn } from "./world.ts";

const shipped = readPolicy(readFileSync("policy.yaml", "utf8"));
if (!shipped.ok) throw new Error("the shipped policy is faulty");
const { policy } = shipped;

/** The look-ups that an event needs in a new container, where nothing is cached. */
async function lookUpsOf(file: string): Promise<string[]> {
  const { aws } = await startEmbedded(undefined, undefined, new Date("2026-11-02T09:15:00Z"));
  try {
    aws.buckets.set(BUCKET, { objects: new Map() });
    const event = JSON.parse(readFileSync(join("events", file), "utf8"));
    const call = parse(event);
    if (call.is === "call") aws.sagemaker.apply(call);
    await respond(event, portsOn(aws, policy, { wait: async () => {} }), {
      receives: 1,
      sentAt: aws.clock.now(),
      isRedriven: false,
      isLast: false,
    });
    const looks = aws.calls.filter(({ operation }) => /^(Describe|GetBucket|List|GetKey)/.test(operation));
    return looks.map(({ operation }) => operation).sort();
  } finally {
    await aws.close();
  }
}

/** The look-ups of each operation's first passing and first failing event. */
export async function lookUpsOfAll(): Promise<Record<string, Record<string, string>>> {
  const facts: Record<string, Record<string, string>> = {};
  for (const { operation } of judgedOperations) {
    // A model has only the buckets that it is read from, and the shipped policy does not judge these.
    if (operation === "CreateModel") continue;
    const files = readdirSync(`events/${folderOf(operation)}`);
    const chosen = ["pass-", "fail-"].flatMap((prefix) => files.find((file) => file.startsWith(prefix)) ?? []);
    const looks: Record<string, string> = {};
    for (const file of chosen) {
      looks[file.slice(0, 4)] = (await lookUpsOf(join(folderOf(operation), file))).join(", ") || "none";
    }
    facts[operation] = looks;
  }
  return facts;
}
