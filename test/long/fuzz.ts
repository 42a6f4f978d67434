import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "../../lib/catalogue/operations.ts";
import { foresee } from "../../lib/core/foresee.ts";
import { parsePolicy } from "../../lib/core/policy.ts";
import { callOf, KEY } from "../support/build.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";
import { recordOf } from "../support/world.ts";
import { randomOf } from "./random.ts";

/**
 * Mutated and random records through parse, judge and plan: no throw, no hang, no stop ordered on a doubt.
 * `npm run fuzz [-- COUNT [SEED]]`; the same seed makes the same records.
 */
const [count = 1_000_000, seed = 20_261_102] = process.argv.slice(2).map(Number);
const HANG_MS = 1_000;

const random = randomOf(seed);
const parsed = [
  { version: 1, keys: { accept: "any" }, respond: { default: ["tag", "notify", "stop"] } },
  {
    version: 1,
    keys: { accept: "customer-managed", deny: [KEY] },
    require: { "in-transit": true },
    respond: { default: ["stop"] },
  },
].map(parsePolicy);
const policies = parsed.flatMap((one) => (one.ok ? [one.policy] : []));
const shipped = readdirSync("events", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json") && file !== "world.json")
  .map((file) => readFileSync(join("events", file), "utf8"));
const encrypted = operations.flatMap(({ operation }) =>
  encryptedRequests[operation].map((request) => JSON.stringify(recordOf(callOf(operation, request)))),
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

const verdicts = new Map<string, number>();
const start = performance.now();
for (let i = 0; i < count; i++) {
  // Through JSON, as every event comes: what it cannot hold is gone, and __proto__ is a member like any other.
  const text = JSON.stringify(random.below(50) === 0 ? values() : mutate(JSON.parse(random.pick(corpus)))) ?? "null";
  const event: unknown = JSON.parse(text);
  const began = performance.now();
  try {
    const policy = policies[i % policies.length];
    if (!policy) throw new Error("no policy");
    const { decision } = foresee(event, policy, new Date(0));
    verdicts.set(decision.verdict, (verdicts.get(decision.verdict) ?? 0) + 1);
    const stops = decision.actions.some((action) => action.do === "stop" && action.outcome === "planned");
    if (stops && decision.verdict !== "non-compliant") throw new Error(`a stop was ordered on ${decision.verdict}`);
    if (performance.now() - began > HANG_MS) throw new Error("it hung");
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
