import { operation } from "../catalogue/find-operation.ts";
import { reaches } from "../catalogue/prevention/reaches.ts";
import { exemptionName } from "../policy/exemption-name.ts";
import type { Policy } from "../policy/schema.ts";
import { exceptionOf } from "./exceptions.ts";
import { type Rule, rulesOf, settingsOf } from "./rules.ts";
import { allOf, type Statement } from "./statement.ts";
import { MOST_WAYS, product, type Way } from "./way.ts";

/** An exemption that no statement can express, so that the operation's calls are not denied. */
export interface LeftOut {
  readonly exemption: string;
  readonly operation: string;
  readonly conditionKey: string;
}

/** The statements for a policy, and the operations that are left out of them. */
export interface Statements {
  readonly statements: readonly Statement[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The statements that deny what a policy condemns, as far as condition keys show it. `today`: exemptions that expired
 * before this day (UTC, `2027-03-31`) do not count. No exempt call is denied: where an exemption cannot be expressed, the
 * operation is left out.
 */
export function statementsOf(policy: Policy, today: string): Statements {
  const leftOut: LeftOut[] = [];
  const made = rulesOf(policy).flatMap((rule) => statementsOfRule(rule, policy, today, leftOut));
  return {
    statements: withSids(merged(made)),
    leftOut: [...new Map(leftOut.map((one) => [JSON.stringify(one), one])).values()],
  };
}

function statementsOfRule(rule: Rule, policy: Policy, today: string, leftOut: LeftOut[]): Statement[] {
  const byWays = new Map<string, { ways: readonly Way[]; actions: string[] }>();
  for (const name of rule.operations) {
    const ways = waysOf(rule, name, policy, today, leftOut);
    const group = byWays.get(JSON.stringify(ways)) ?? { ways, actions: [] };
    group.actions.push(`sagemaker:${name}`);
    byWays.set(JSON.stringify(ways), group);
  }
  const isWhole = rule.denies === "wrong" && byWays.size === 1 && hasAllActions(rule);
  return [...byWays.values()].flatMap(({ ways, actions }) =>
    ways.map(({ conditions, notResources }) => ({
      sid: `${NOUNS[rule.conditionKey] ?? ""}${ENDS[rule.denies]}`,
      actions,
      conditions: allOf(rule.conditions, conditions ?? {}),
      ...(notResources && { notResources }),
      ...(isWhole && { isWhole }),
    })),
  );
}

/** Whether a rule is for every action that has its condition key. */
const hasAllActions = ({ conditionKey, operations }: Rule): boolean =>
  reaches
    .filter((reach) => reach.conditionKey === conditionKey)
    .every((reach) => reach.operations.every((name) => operations.includes(name)));

/** The ways of a call past every exemption that may cover it; none if its operation is left out. */
function waysOf(
  { conditionKey }: Rule,
  name: string,
  policy: Policy,
  today: string,
  leftOut: LeftOut[],
): readonly Way[] {
  const row = operation(name);
  if (!row) throw new Error(`${name} is not in the catalogue`);
  const settings = settingsOf(name, conditionKey);
  let ways: readonly Way[] = [{}];
  for (const [i, exemption] of policy.exemptions.entries()) {
    if (exemption.expires < today) continue;
    const exception = exceptionOf(exemption, row, settings);
    if (exception.is === "none") continue;
    ways = exception.is === "ways" ? product([ways, exception.ways]) : [];
    if (ways.length > MOST_WAYS) ways = [];
    if (ways.length > 0) continue;
    leftOut.push({ exemption: exemptionName(exemption, i), operation: name, conditionKey });
    return [];
  }
  return ways;
}

const NOUNS: Readonly<Record<string, string>> = {
  "sagemaker:VolumeKmsKeyArn": "VolumeKey",
  "sagemaker:OutputKmsKeyArn": "OutputKey",
  "sagemaker:DomainSharingOutputKmsKeyArn": "SharingKey",
  "sagemaker:FeatureGroupOnlineStoreKmsKeyArn": "OnlineStoreKey",
  "sagemaker:FeatureGroupOfflineStoreKmsKeyArn": "OfflineStoreKey",
  "sagemaker:InterContainerTrafficEncryption": "Traffic",
};

const ENDS: Readonly<Record<Rule["denies"], string>> = { missing: "Missing", wrong: "Wrong", plaintext: "Unencrypted" };

/** Statements with the same conditions become one. */
function merged(statements: readonly Statement[]): Statement[] {
  const byConditions = new Map<string, Statement>();
  for (const statement of statements) {
    const id = JSON.stringify([statement.conditions, statement.notResources]);
    const known = byConditions.get(id);
    const actions = [...new Set([...(known?.actions ?? []), ...statement.actions])].sort();
    byConditions.set(id, { ...(known ?? statement), actions });
  }
  return [...byConditions.values()];
}

/** Sids are unique in a document, so several of one name get a number. */
function withSids(statements: readonly Statement[]): Statement[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const number = (seen.get(statement.sid) ?? 0) + 1;
    seen.set(statement.sid, number);
    return number === 1 ? statement : { ...statement, sid: `${statement.sid}${number}` };
  });
}
