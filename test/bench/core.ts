import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { policyOf } from "../support/build.ts";

const SECONDS = 2;

/** Decisions per second of the pure core over the shipped events, beside JSON.parse of the same texts. */
export function benchCore(): string[] {
  const texts = readdirSync("events", { recursive: true, encoding: "utf8" })
    .filter((file) => /^(Create|Update)/.test(file) && file.endsWith(".json"))
    .map((file) => readFileSync(join("events", file), "utf8"));
  const policy = policyOf({ keys: { accept: "customer-managed" } });
  const at = new Date();
  const parse = rate(texts.length, () => texts.map((text) => JSON.parse(text)));
  const events: unknown[] = texts.map((text) => JSON.parse(text));
  const decide = rate(events.length, () => events.map((event) => dryRun(event, policy, at)));
  return [
    `JSON.parse of an event        ${Math.round(parse)} a second (baseline)`,
    `parse, judge, plan, decide    ${Math.round(decide)} a second, ${(decide / parse).toFixed(2)} times the baseline`,
  ];
}

function rate(size: number, round: () => unknown): number {
  round();
  const start = performance.now();
  let rounds = 0;
  for (; performance.now() - start < SECONDS * 1000; rounds++) round();
  return (rounds * size * 1000) / (performance.now() - start);
}
