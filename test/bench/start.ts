import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "../../lib/core/read/parse.ts";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";

const RUNS = 15;
const BUNDLE = "dist/enforce/index.mjs";

/** Runs the built function once, in a process of its own, on one event. */
const RUN_ONCE = `
  const { handler } = await import(process.argv[1]);
  const { batchItemFailures } = await handler({ Records: [{ messageId: "1", body: process.argv[2] }] });
  if (batchItemFailures.length > 0) process.exit(1);
  process.exit(0);
`;

/** Start of process to first decision of the built function, compliant and not, beside an empty node in the same run. */
export async function benchStart(): Promise<string[]> {
  if (!existsSync(BUNDLE)) return [`start to first decision: skipped, ${BUNDLE} is not built`];
  const compliant = await readFile("events/CreateEndpointConfig/pass-local-storage.json", "utf8");
  const keyed = await readFile("events/CreateTrainingJob/pass-own-key.json", "utf8");
  const faulty = await readFile("events/CreateTrainingJob/fail-no-volume-key.json", "utf8");
  const aws = await startEmbeddedAws();
  aws.buckets.set("ledger", { objects: new Map() });
  const queue = (name: string) => `${aws.endpoint}/${aws.account}/${aws.createQueue(name).name}`;
  const env = {
    ...process.env,
    TOPIC_ARN: aws.sns.createTopic("keyward"),
    OPERATORS_TOPIC_ARN: aws.sns.createTopic("operators"),
    LEDGER_BUCKET: "ledger",
    QUEUE_URL: queue("events"),
    DEAD_LETTERS_URL: queue("dead-letters"),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "embedded",
    AWS_SECRET_ACCESS_KEY: "embedded",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const path = new URL(`../../${BUNDLE}`, import.meta.url).href;
  const once = (...args: string[]) => timed(["--input-type=module", "-e", RUN_ONCE, path, ...args], env);
  const cases: [string, () => Promise<number>][] = [
    ["node -e 0", () => timed(["-e", "0"], env)],
    ["a compliant decision, no look-up", () => once(compliant)],
    ["a compliant decision, one key looked up", () => once(keyed)],
    ["a non-compliant decision, acted on", () => once(withNewId(faulty))],
  ];
  const times = cases.map((): number[] => []);
  for (let run = 0; run <= RUNS; run++) {
    const call = parse(JSON.parse(faulty));
    if (call.is === "call") aws.sagemaker.apply({ ...call });
    for (const [i, [, measure]] of cases.entries()) {
      const ms = await measure();
      // The first round warms the file system's cache.
      if (run > 0) times[i]?.push(ms);
    }
    aws.sagemaker.resources.at(-1)?.tags.clear();
  }
  await aws.close();
  const bare = median(times[0] ?? []);
  return cases.map(([name], i) => {
    const ms = median(times[i] ?? []);
    return `${name.padEnd(42)}${ms.toFixed(0).padStart(5)} ms  ${(ms / bare).toFixed(2)} times node -e 0`;
  });
}

/** The ledger takes the same event for the same: each run is another. */
function withNewId(event: string): string {
  const envelope = JSON.parse(event);
  return JSON.stringify({ ...envelope, detail: { ...envelope.detail, eventID: randomUUID() } });
}

function timed(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
    child.on("exit", (code) => (code === 0 ? done(performance.now() - start) : fail(new Error(`exit ${code}`))));
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
