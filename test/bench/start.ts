import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "../../lib/core/read/parse.ts";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";

const RUNS = 15;
const BUNDLE = "dist/enforce/index.mjs";
const COMMAND = "bin/keyward.mjs";
const EVENT = "events/CreateNotebookInstance/fail-no-key.json";

interface Case {
  readonly name: string;
  /** Runs it once, in a process of its own; returns milliseconds. */
  run(): Promise<number>;
  /** The longest time that it should take, as a multiple of `node -e 0`. */
  readonly atMost?: number;
}

/** Runs the built function once, in a process of its own, on one event. */
const RUN_ONCE = `
  const { handler } = await import(process.argv[1]);
  const { batchItemFailures } = await handler({ Records: [{ messageId: "1", body: process.argv[2] }] });
  if (batchItemFailures.length > 0) process.exit(1);
  process.exit(0);
`;

/**
 * The time from the start of the process to the end of the built command, and to the first decision of the built
 * function about a compliant and a non-compliant event. An empty node in the same run is the unit.
 */
export async function benchStart(): Promise<string[]> {
  if (!existsSync(BUNDLE)) return [`start to first decision: skipped, ${BUNDLE} is not built`];
  const compliant = await readFile("events/CreateEndpointConfig/pass-local-storage.json", "utf8");
  const keyed = await readFile("events/CreateTrainingJob/pass-own-key.json", "utf8");
  const faulty = await readFile("events/CreateTrainingJob/fail-no-volume-key.json", "utf8");
  const own = await ownPolicy();
  const aws = await startEmbeddedAws();
  aws.buckets.set("ledger", { objects: new Map() });
  const queue = (name: string) => `${aws.endpoint}/${aws.account}/${aws.createQueue(name).name}`;
  const env = {
    ...process.env,
    TOPIC_ARN: aws.sns.createTopic("keyward"),
    OPERATORS_TOPIC_ARN: aws.sns.createTopic("operators"),
    LEDGER_BUCKET: "ledger",
    KEYWARD_STACK: "keyward",
    QUEUE_URL: queue("events"),
    DEAD_LETTERS_URL: queue("dead-letters"),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "embedded",
    AWS_SECRET_ACCESS_KEY: "embedded",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const path = new URL(`../../${BUNDLE}`, import.meta.url).href;
  const once = (...args: string[]) => timed(["--input-type=module", "-e", RUN_ONCE, path, ...args], env);
  const command = (...args: string[]) => timed([COMMAND, ...args], env);
  const cases: Case[] = [
    { name: "node -e 0", run: () => timed(["-e", "0"], env) },
    { name: "keyward --help", run: () => command("--help"), atMost: 1.5 },
    {
      name: "keyward replay, a dry run of one event",
      run: () => command("replay", "--target", "dry-run", EVENT),
      atMost: 2.5,
    },
    {
      name: "the same by a policy of one's own",
      run: () => command("replay", "--target", "dry-run", EVENT, "--policy", own),
    },
    { name: "a compliant decision, no look-up", run: () => once(compliant) },
    { name: "a compliant decision, one key looked up", run: () => once(keyed) },
    { name: "a non-compliant decision, acted on", run: () => once(withNewId(faulty)) },
  ];
  const times = cases.map((): number[] => []);
  for (let run = 0; run <= RUNS; run++) {
    const call = parse(JSON.parse(faulty));
    if (call.is === "call") aws.sagemaker.apply({ ...call });
    for (const [i, { run: measure }] of cases.entries()) {
      const ms = await measure();
      // The first round warms the file system's cache.
      if (run > 0) times[i]?.push(ms);
    }
    aws.sagemaker.resources.at(-1)?.tags.clear();
  }
  await aws.close();
  await rm(dirname(own), { recursive: true });
  const bare = median(times[0] ?? []);
  return cases.map(({ name, atMost }, i) => {
    const ms = median(times[i] ?? []);
    const goal = atMost === undefined ? "" : `, at most ${atMost} wanted`;
    return `${name.padEnd(42)}${ms.toFixed(0).padStart(5)} ms  ${(ms / bare).toFixed(2)} times node -e 0${goal}`;
  });
}

/** A policy file other than the shipped one, so that its YAML is parsed. */
async function ownPolicy(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "keyward-bench-")), "policy.yaml");
  await writeFile(file, `${await readFile("policy.yaml", "utf8")}# ours\n`);
  return file;
}

/** The ledger would treat the same event as a duplicate, so each run has another event. */
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
