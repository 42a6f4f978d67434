import { judge } from "../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { type Answer, type LookUp, lookUpId } from "../../lib/core/model/look-up.ts";
import type { ApiCall, Judgement } from "../../lib/core/model/types.ts";
import { type Policy, parsePolicy } from "../../lib/policy/schema.ts";

export const ACCOUNT = "111122223333";
export const REGION = "us-east-1";
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** A policy as in a file, with the test's changes. */
export function policyOf(
  change: { keys?: object; require?: object; respond?: object; [key: string]: unknown } = {},
): Policy {
  const parsed = parsePolicy({
    version: 1,
    contact: "Ask the security team.",
    ...change,
    keys: { accept: "any", ...change.keys },
    respond: { default: ["tag", "notify", "stop"], ...change.respond },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.policy;
}

export function callOf(eventName: string, request: JsonObject | "omitted", response: JsonObject = {}): ApiCall {
  return {
    is: "call",
    eventID: "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
    eventName,
    eventTime: "2026-11-02T09:15:00Z",
    account: ACCOUNT,
    region: REGION,
    principal: `arn:aws:iam::${ACCOUNT}:user/ana`,
    request,
    response,
  };
}

export const answersOf = (...pairs: readonly (readonly [LookUp, Answer])[]): Map<string, Answer> =>
  new Map(pairs.map(([lookUp, answer]) => [lookUpId(lookUp), answer]));

/** The judgement of a request under a policy, each setting as `path is`. */
export function verdictOf(eventName: string, request: JsonObject, policy = policyOf()): Judgement & { said: string[] } {
  const judgement = judge(callOf(eventName, request), policy, new Map());
  return { ...judgement, said: judgement.settings.map(({ path, is }) => `${path} ${is}`) };
}
