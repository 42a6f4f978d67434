import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reaches } from "../../lib/catalogue/prevention/reaches.ts";
import { IN_TRANSIT } from "../../lib/catalogue/shared-settings.ts";
import { isViolation } from "../../lib/core/judge/exempt.ts";
import type { ApiCall, Judgement } from "../../lib/core/model/types.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { coverageOf } from "../../lib/prevent/coverage.ts";
import { LIMITS, packDocuments } from "../../lib/prevent/documents.ts";
import { evaluate } from "../../lib/prevent/evaluate.ts";
import { requestOf } from "../../lib/prevent/replay-history.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { KEY, policies, policyWith, TODAY } from "./policies.ts";
import { isDenied } from "./simulate.ts";

const REACHED = new Set(reaches.flatMap(({ operations }) => operations));

const HAVE_FLAG = reaches.flatMap(({ conditionKey, operations }) => (conditionKey === IN_TRANSIT ? operations : []));

const files = readdirSync("events", { recursive: true, encoding: "utf8" })
  .filter((file) => /^(Create|Update)\w+\/.*\.json$/.test(file))
  .sort();

interface Judged {
  readonly file: string;
  readonly event: ApiCall;
  readonly judgement: Judgement;
}

/** The shipped events that are judged, by a policy. Nothing is looked up. */
const judgedBy = (policy: (typeof policies)[string]): Judged[] =>
  files.flatMap((file) => {
    const { event, judgement } = dryRun(JSON.parse(readFileSync(join("events", file), "utf8")), policy, new Date(0));
    const isReached = event.is === "call" && REACHED.has(event.eventName) && judgement.verdict !== "ignored";
    return isReached ? [{ file, event, judgement }] : [];
  });

/** No call can use a key of another partition, so it does not matter that a list denies it. */
const IMPOSSIBLE = "CreateTrainingJob/undetermined-key-of-another-partition.json";

const ALIAS = "arn:aws:kms:us-east-1:111122223333:alias/ml-data";

describe.each(Object.entries(policies))("the documents for the policy %s, in a simulator of IAM", (_name, policy) => {
  const { statements } = statementsOf(policy, TODAY);
  const packed = packDocuments(statements, LIMITS.scp);
  const documents = packed.ok ? packed.documents : [];
  const judged = judgedBy(policy);
  const coverage = new Map(coverageOf(policy, TODAY).map((row) => [`${row.operation} ${row.path}`, row]));

  it("have the effect that Keyward's own evaluator finds, on every shipped event", async () => {
    expect(documents.length).toBeGreaterThan(0);
    for (const { file, event, judgement } of judged) {
      const request = requestOf(event, judgement);
      const effect = evaluate(statements, request);
      if (effect.is === "not-known") continue;
      expect(await isDenied(documents, request), file).toBe(effect.is === "denied");
    }
  });

  it("deny no call that the policy does not condemn, if SageMaker shows an alias as an ARN of any form", async () => {
    for (const { file, event, judgement } of judged) {
      if (judgement.verdict === "non-compliant" || file === IMPOSSIBLE) continue;
      const request = requestOf(event, judgement);
      const effect = evaluate(statements, request);
      expect(effect.is, file).not.toBe("denied");
      if (effect.is !== "not-known" || !effect.because.includes("alias")) continue;
      expect(await isDenied(documents, request, { instead: ALIAS }), file).toBe(false);
      if (policy.keys.deny.length === 0) expect(await isDenied(documents, request, { instead: KEY }), file).toBe(false);
    }
  });

  it("deny every call that lacks a key or a flag, or has a wrong key, where they can", () => {
    const missed: string[] = [];
    for (const { file, event, judgement } of judged) {
      if (judgement.verdict !== "non-compliant") continue;
      const preventable = judgement.settings.filter((setting) => {
        if (!isViolation(setting) || setting.exempt !== undefined) return false;
        if (setting.protects === "in-transit") return HAVE_FLAG.includes(event.eventName);
        const row = coverage.get(`${event.eventName} ${setting.path.replace(/\[[^\]]*\]/g, "[]")}`);
        return row?.denies.includes(setting.is === "missing" ? "missing" : "wrong");
      });
      const effect = evaluate(statements, requestOf(event, judgement));
      if (preventable.length > 0 && effect.is === "allowed") missed.push(file);
    }
    expect(missed).toEqual([]);
  });
});

it("a managed policy denies the same as a service control policy", async () => {
  const policy = policies.shipped ?? policyWith({});
  const { statements } = statementsOf(policy, TODAY);
  const packed = packDocuments(statements, LIMITS.iam);
  for (const { file, event, judgement } of judgedBy(policy)) {
    const request = requestOf(event, judgement);
    const effect = evaluate(statements, request);
    if (effect.is === "not-known") continue;
    expect(await isDenied(packed.ok ? packed.documents : [], request, { as: "iam" }), file).toBe(
      effect.is === "denied",
    );
  }
});
