import { handleBatch } from "../../lib/enforce/handle-batch.ts";
import { deliver } from "../../lib/local/delivery.ts";
import { type Fault, startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { KEY, policyOf } from "../support/build.ts";
import { alarmsOf, arnOf, BUCKET, entriesOf, followUpsOf, happen, mailsOf, portsOn } from "../support/world.ts";
import { randomOf } from "./random.ts";

/**
 * A burst of events, some duplicated, some malformed, in random order, through queue and function with injected faults:
 * each event is accounted for, none twice, and memory stays flat. `npm run burst [-- COUNT [SEED]]`.
 */
const [count = 5_000, seed = 20_261_102] = process.argv.slice(2).map(Number);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
const FAULTS_PERCENT = 1;
const CONTAINERS = 16;
const MINUTE = 60_000;

const random = randomOf(seed);
const faults: readonly Fault[] = [
  { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 },
  { is: "error", name: "ServiceUnavailable", message: "unavailable", status: 503 },
  { is: "reset" },
];
let injected = 0;
let calls = 0;
let injecting = true;
const aws = await startEmbeddedAws({
  now: new Date("2026-11-02T09:15:00Z"),
  keepCalls: false,
  fault: () => {
    calls++;
    if (!injecting || random.below(100) >= FAULTS_PERCENT) return undefined;
    injected++;
    return random.pick(faults);
  },
});
aws.buckets.set(BUCKET, { objects: new Map() });
const deadLetters = aws.createQueue("dead-letters");
const queue = aws.createQueue("events", {
  visibilitySeconds: 360,
  deadLetters: { queue: deadLetters, maxReceives: 200 },
});

// A tenth is malformed, and a fifth is duplicated. Half of the others are compliant.
const poison = Math.round(count * 0.1);
const doubled = Math.round(count * 0.2);
const single = count - poison - doubled;
const faulty: string[] = [];
const bodies: string[] = [];
for (let i = 0; i < single; i++) {
  const bad = i % 2 === 0;
  const request = {
    TrainingJobName: `t${i}`,
    OutputDataConfig: { KmsKeyId: KEY },
    ResourceConfig: { InstanceType: "ml.m5.large", ...(bad ? {} : { VolumeKmsKeyId: KEY }) },
  };
  const body = JSON.stringify(
    happen(aws, "CreateTrainingJob", request, { TrainingJobArn: arnOf("training-job", `t${i}`) }),
  );
  if (bad) faulty.push(`t${i}`);
  bodies.push(body);
}
for (let i = 0; i < doubled; i++) bodies.push(random.pick(bodies.slice(0, single)));
for (let i = 0; i < poison; i++)
  bodies.push(random.pick(["not json", "{}", "[]", '{"detail-type":"x","source":"aws.sagemaker","detail":7}']));
for (let i = bodies.length - 1; i > 0; i--) {
  const j = random.below(i + 1);
  [bodies[i], bodies[j]] = [bodies[j] ?? "", bodies[i] ?? ""];
}

const policy = policyOf({
  keys: { accept: "customer-managed" },
  limits: { "stops-per-hour": 10_000, "stops-per-hour-per-principal": 10_000 },
});
let decisions = 0;
const heaps: number[] = [];
const start = performance.now();
const containers = Array.from({ length: CONTAINERS }, () => {
  const ports = portsOn(aws, policy, { log: () => {}, wait: (ms) => new Promise((done) => setTimeout(done, ms)) });
  return {
    ...ports,
    record: () => void decisions++,
    recordFault: (_: unknown, error: unknown) => {
      throw error;
    },
  };
});
for (const body of bodies) queue.send(body);
const heapAtStart = heap();
for (let rounds = 0; queue.size > 0 && rounds < 200; rounds++) {
  while (queue.visible > 0) {
    await Promise.all(containers.map((ports) => deliver(queue, (event) => handleBatch(event, ports, ports.queue))));
    if (bodies.length - queue.size > (heaps.length + 1) * (count / 4)) heaps.push(heap());
  }
  // The last deliveries have no new faults, so that the counts show the effect of the earlier ones.
  if (rounds > 20) injecting = false;
  aws.clock.advance(MINUTE);
}
const seconds = (performance.now() - start) / 1000;

const entries = entriesOf(aws);
const stopped = aws.sagemaker.resources.filter(({ status }) => /^Stop/.test(status)).map(({ name }) => name);
const tagged = aws.sagemaker.resources.filter(({ tags }) => tags.size > 0).map(({ name }) => name);
const followUps = followUpsOf(aws).length;
const sumOf = (of: (entry: (typeof entries)[number]) => number) => entries.reduce((sum, entry) => sum + of(entry), 0);
const problems = [
  ...expectEqual("messages left in the queue", queue.size, 0),
  ...expectEqual("dead letters", deadLetters.size, poison),
  ...expectEqual("ledger entries", entries.length, faulty.length),
  ...expectEqual("closed entries", entries.filter(({ state }) => state === "closed").length, faulty.length),
  ...expectEqual("jobs stopped", stopped.sort().join(), [...faulty].sort().join()),
  ...expectEqual("jobs tagged", tagged.sort().join(), [...faulty].sort().join()),
  ...expectEqual("mails", mailsOf(aws).length - followUps, faulty.length),
  ...expectEqual(
    "follow-ups in the ledger",
    sumOf(({ notices }) => notices.followUp),
    followUps,
  ),
  ...expectEqual(
    "follow-ups owed",
    sumOf(({ notices }) => (notices.owesFollowUp ? 1 : 0)),
    0,
  ),
  ...expectEqual("alarms to the operators", alarmsOf(aws).length, 0),
];
const perEvent = (calls / count).toFixed(2);
const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const rows = [
  ["events", `${count}: ${single} different, ${doubled} doubled, ${poison} poison; seed ${seed}`],
  ["faults injected", `${injected} (${FAULTS_PERCENT} % of calls)`],
  ["deliveries judged", String(decisions)],
  [
    "stopped, tagged, notified",
    `${stopped.length}, ${tagged.length}, ${mailsOf(aws).length - followUps} of ${faulty.length}`,
  ],
  ["follow-ups", `${followUps}, of stops that were tried again`],
  ["dead letters", String(deadLetters.size)],
  ["events a second", Math.round(count / seconds).toString()],
  ["AWS calls an event", perEvent],
  [
    "heap after each quarter",
    `${[...heaps, heap()].map(mb).join(", ")}; ${mb(heapAtStart)} before (with the embedded AWS and its ledger)`,
  ],
];
for (const [name, value] of rows) process.stdout.write(`${(name ?? "").padEnd(26)}${value}\n`);
await aws.close();
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}

function expectEqual(what: string, is: string | number, wanted: string | number): string[] {
  return is === wanted ? [] : [`${what}: ${String(is).slice(0, 200)}, not ${String(wanted).slice(0, 200)}`];
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
