import { operations } from "../catalogue/operations.ts";
import { reaches } from "../catalogue/prevention/reaches.ts";
import type { Operation, Setting } from "../catalogue/vocabulary.ts";
import { keyRulesOf } from "../core/judge/key-rules.ts";
import type { Policy } from "../policy/schema.ts";
import { isOptional, mayUseBucketDefault, type Rule, rulesOf } from "./rules.ts";
import { type LeftOut, statementsOf } from "./statements.ts";

/** The reason why a document does not deny every call that the policy condemns for a member, or denies none. */
export type Gap =
  | { readonly code: "no-condition-key" }
  /** The action has a condition key, which stands for another member. */
  | { readonly code: "other-member" }
  | { readonly code: "takes-no-key" }
  | { readonly code: "not-in-request" }
  | { readonly code: "not-required" }
  | { readonly code: "left-out"; readonly exemption: string }
  | { readonly code: "sharing-not-shown" | "output-not-shown" | "automation-not-shown" }
  | { readonly code: "bucket-default" }
  | { readonly code: "one-value" }
  | { readonly code: "aliases" }
  | { readonly code: "partly-required" };

/** Whether the documents for a policy prevent a member's violations. */
export interface Coverage {
  readonly operation: string;
  readonly path: string;
  readonly prevented: "yes" | "partly" | "no";
  /** Calls that the documents deny: without the key, with a key that the policy rejects. */
  readonly denies: readonly Rule["denies"][];
  readonly gaps: readonly Gap[];
  /**
   * The policy also depends on facts that only KMS has: who manages a key, its state, its rotation. No request shows
   * them, so no document can deny by them.
   */
  readonly needsKeyFacts: boolean;
}

/** A row for every member of the catalogue that holds a key for data at rest, in the catalogue's order. */
export function coverageOf(policy: Policy, today: string): readonly Coverage[] {
  const rules = rulesOf(policy);
  const { leftOut } = statementsOf(policy, today);
  const rows = operations.flatMap((row: Operation) =>
    row.settings.flatMap((setting) =>
      setting.protects === "in-transit" ? [] : [coverageOfMember(row, setting, { policy, rules, leftOut })],
    ),
  );
  // Two settings may share a member: the volumes of a cluster.
  return [...new Map(rows.map((row) => [`${row.operation} ${row.path}`, row])).values()];
}

interface Known {
  readonly policy: Policy;
  readonly rules: readonly Rule[];
  readonly leftOut: readonly LeftOut[];
}

function coverageOfMember(row: Operation, setting: Setting, known: Known): Coverage {
  const { operation } = row;
  const { path, conditionKey } = setting;
  const none = (gap: Gap): Coverage => ({
    operation,
    path,
    prevented: "no",
    denies: [],
    gaps: [gap],
    needsKeyFacts: false,
  });
  if (!known.policy.require[setting.protects]) return none({ code: "not-required" });
  if (conditionKey === undefined) return none(unreached(row, setting));
  const out = known.leftOut.find((one) => one.operation === operation && one.conditionKey === conditionKey);
  if (out) return none({ code: "left-out", exemption: out.exemption });
  const denies = (["missing", "wrong"] as const).filter((kind) =>
    known.rules.some(
      (rule) => rule.denies === kind && rule.conditionKey === conditionKey && rule.operations.includes(operation),
    ),
  );
  const gaps = gapsOf(operation, setting, denies, known.policy);
  const prevented = denies.length === 0 ? "no" : gaps.length > 0 ? "partly" : "yes";
  return { operation, path, prevented, denies, gaps, needsKeyFacts: denies.length > 0 && needsKeyFacts(known.policy) };
}

const needsKeyFacts = ({ keys }: Policy): boolean =>
  keys.accept === "customer-managed" || (keys.accept === "any" && keys["require-rotation"]);

function unreached({ settings, readsResponse }: Operation, { takesNone }: Setting): Gap {
  if (takesNone) return { code: "takes-no-key" };
  if (readsResponse) return { code: "not-in-request" };
  const hasOther = settings.some(
    ({ conditionKey, protects }) => conditionKey !== undefined && protects !== "in-transit",
  );
  return { code: hasOther ? "other-member" : "no-condition-key" };
}

function gapsOf(operation: string, setting: Setting, denies: readonly Rule["denies"][], policy: Policy): Gap[] {
  const { keys } = policy;
  const { allow, deny } = keyRulesOf(keys);
  const gaps: Gap[] = [];
  if (!denies.includes("missing") && !isOptional(setting)) gaps.push(absenceGap(operation, setting, policy));
  if (setting.path.includes("[]")) gaps.push({ code: "one-value" });
  if ([...allow, ...deny].some(({ isAlias }) => isAlias)) gaps.push({ code: "aliases" });
  const others = operations.find((row) => row.operation === operation)?.settings ?? [];
  const isShared = (others as readonly Setting[]).some(
    ({ conditionKey, protects }) => conditionKey === setting.conditionKey && !policy.require[protects],
  );
  if (isShared) gaps.push({ code: "partly-required" });
  return gaps;
}

function absenceGap(operation: string, setting: Setting, policy: Policy): Gap {
  if (mayUseBucketDefault(setting, operation, policy)) return { code: "bucket-default" };
  const reach = reaches.find(
    ({ conditionKey, operations }) => conditionKey === setting.conditionKey && operations.includes(operation),
  );
  switch (reach?.needed) {
    case "sharing-not-shown":
    case "output-not-shown":
    case "automation-not-shown":
      return { code: reach.needed };
    default:
      throw new Error(`no rule denies ${operation} without ${setting.path}`);
  }
}
