import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "../../lib/catalogue/operations.ts";
import { type Answer, type LookUp, lookUpId } from "../../lib/core/model/look-up.ts";
import type { Decision } from "../../lib/core/model/types.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { type Policy, parsePolicy } from "../../lib/policy/schema.ts";
import { callOf, KEY } from "../support/build.ts";
import { requestsOf } from "../support/encrypted-requests.ts";
import { recordOf } from "../support/world.ts";
import { randomOf } from "./random.ts";

/**
 * Mutated and random records through parse, judge and plan, with random answers to look-ups: nothing throws, nothing
 * hangs, and no undetermined resource is stopped.
 * `npm run fuzz [-- COUNT [SEED]]`; the same seed makes the same records.
 */
const [count = 1_000_000, seed = 20_261_102] = process.argv.slice(2).map(Number);
const HANG_MS = 1_000;

const random = randomOf(seed);
const parsed = [
  { version: 1, contact: "Ask.", keys: { accept: "any" }, respond: { default: ["tag", "notify", "stop"] } },
  {
    version: 1,
    keys: { accept: "customer-managed", deny: [KEY] },
    require: { "in-transit": true },
    respond: { default: ["stop"] },
  },
  {
    version: 1,
    contact: "Ask.",
    keys: {
      accept: "listed",
      allow: ["alias/m*", "111122223333"],
      "require-rotation": true,
      "other-accounts": "reject",
    },
    buckets: { output: true, input: true, "default-for-missing-key": true },
    notebooks: { "on-local-storage": "not-required" },
    exemptions: [
      { reason: "x", owner: "y", expires: "2026-12-31", match: { name: "churn*", setting: "output" } },
      { reason: "x", owner: "y", expires: "2026-01-01", match: { kind: "training-job" } },
      { reason: "x", owner: "y", expires: "2026-12-31", match: { tag: { key: "k", "set-by": "*ana" } } },
    ],
    respond: { default: ["tag", "notify", "stop"] },
  },
].map(parsePolicy);
const policies = parsed.flatMap((one) => (one.ok ? [one.policy] : []));
const shipped = readdirSync("events", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json") && file !== "world.json")
  .map((file) => readFileSync(join("events", file), "utf8"));
const encrypted = operations.flatMap(({ operation }) =>
  requestsOf(operation).map((request) => JSON.stringify(recordOf(callOf(operation, request)))),
);
const corpus = [...shipped, ...encrypted];
const words = [
  ...["__proto__", "constructor", "toString", "kmsKeyId", "KmsKey", "omitted", "detail", "Records", "eventName", ""],
  ...[KEY, "alias/aws/s3", "alias/x", "ml.g5.xlarge", "ml.zz9.large", "x".repeat(5000), "\u0000\u202e", "null"],
];

const values = (): unknown =>
  random.pick<unknown>([
    null,
    true,
    false,
    0,
    -1,
    1e308,
    [],
    {},
    [[]],
    ...words,
    { [random.pick(words)]: random.pick(words) },
    { toString: 1, valueOf: 1 },
  ]);

/** The CPU time of this process in milliseconds: other load on the machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Changes a tree in one to four places: a member set, dropped, renamed, doubled or wrapped. */
function mutate(root: unknown): unknown {
  let tree = root;
  for (let i = random.below(4); i >= 0; i--) tree = mutateOnce(tree);
  return tree;
}

function mutateOnce(node: unknown): unknown {
  if (typeof node !== "object" || node === null || random.below(12) === 0) return values();
  const members = node as Record<string, unknown>;
  const names = Object.keys(members);
  const name = names.length > 0 ? random.pick(names) : "x";
  switch (random.below(6)) {
    case 0:
      delete members[name];
      return node;
    case 1:
      Object.defineProperty(members, random.pick(words), {
        value: values(),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return node;
    case 2:
      members[name] = [members[name]];
      return node;
    default:
      members[name] = mutateOnce(members[name]);
      return node;
  }
}

/** A pipeline's definition is JSON inside JSON, so its content is mutated too. */
function mutateDefinition(event: unknown): unknown {
  const request = (event as { detail?: { requestParameters?: Record<string, unknown> } } | null)?.detail
    ?.requestParameters;
  const definition = request?.pipelineDefinition;
  if (request && typeof definition === "string" && definition.startsWith("{")) {
    request.pipelineDefinition = JSON.stringify(mutate(JSON.parse(definition)));
  }
  return event;
}

/** Answers that a service may give, and answers that no service gives. */
function answerTo(lookUp: LookUp): Answer {
  const odd = () => JSON.parse(JSON.stringify(mutate(JSON.parse(random.pick(corpus)))) ?? "null");
  switch (random.below(5)) {
    case 0:
      return {
        is: "unknown",
        reason: { code: "aws-denied", error: "Denied", message: "" },
        retryable: random.below(2) === 0,
      };
    case 1:
      return { is: "described", output: odd() };
    case 2:
      return { is: "bucket", algorithm: random.pick(["AES256", "aws:kms", ""]), key: random.pick(words) };
    case 3: {
      const { detail } = odd() ?? {};
      return { is: "described", output: lookUp.ask === "describe" ? detail?.requestParameters : detail };
    }
    default:
      return {
        is: "key",
        arn: random.pick([KEY, ...words]),
        manager: random.pick(["AWS", "CUSTOMER"]),
        state: random.pick(["Enabled", "Disabled", "x"]),
      };
  }
}

function judgeAll(event: unknown, policy: Policy): Decision {
  const answers = new Map<string, Answer>();
  let seen = dryRun(event, policy, new Date(0), answers);
  for (let round = 0; round < 4 && seen.judgement.lookUps.length > 0; round++) {
    for (const lookUp of seen.judgement.lookUps) answers.set(lookUpId(lookUp), answerTo(lookUp));
    seen = dryRun(event, policy, new Date(0), answers);
  }
  return seen.decision;
}

const verdicts = new Map<string, number>();
const start = performance.now();
for (let i = 0; i < count; i++) {
  // Through JSON, as every event comes: this removes values that JSON cannot hold, and makes __proto__ a plain member.
  const text =
    JSON.stringify(random.below(50) === 0 ? values() : mutateDefinition(mutate(JSON.parse(random.pick(corpus))))) ??
    "null";
  const event: unknown = JSON.parse(text);
  const began = cpu();
  try {
    const policy = policies[i % policies.length];
    if (!policy) throw new Error("no policy");
    const decision = judgeAll(event, policy);
    verdicts.set(decision.verdict, (verdicts.get(decision.verdict) ?? 0) + 1);
    const stops = decision.actions.some((action) => action.do === "stop" && action.outcome === "planned");
    if (stops && decision.verdict !== "non-compliant") throw new Error(`a stop was ordered on ${decision.verdict}`);
    if (cpu() - began > HANG_MS) throw new Error("it hung");
  } catch (error) {
    process.stderr.write(`record ${i} of seed ${seed}: ${error}\n${text.slice(0, 2_000)}\n`);
    process.exit(1);
  }
}
const seconds = (performance.now() - start) / 1000;
const counts = [...verdicts].sort().map(([verdict, many]) => `${many} ${verdict}`);
process.stdout.write(
  `fuzz: ${count} records, seed ${seed}: no throw, no hang, no stop on a doubt (${Math.round(count / seconds)} a second)\n`,
);
process.stdout.write(`      ${counts.join(", ")}\n`);
