import { type KeyRules, keyRulesOf } from "../core/judge/key-rules.ts";
import { parseArn } from "../core/model/arn.ts";
import { exemptionName } from "../policy/exemption-name.ts";
import type { Policy } from "../policy/schema.ts";
import { waysPastAll } from "./exceptions.ts";
import { iamPattern } from "./iam-pattern.ts";
import { keyArnPattern, ofAcceptedAccounts, wrongKeyConditions } from "./key-patterns.ts";
import { allOf, type Conditions, type Statement } from "./statement.ts";
import { product, type Way } from "./way.ts";

const HEADER_KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const ALIASES = "kms:ResourceAliases";

/** The calls by which SageMaker begins to use a key for its caller (KMS Developer Guide, "kms:ViaService"). */
const USES = ["kms:CreateGrant", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"] as const;
const VIA_SAGEMAKER: Conditions = { StringLike: { "kms:ViaService": ["sagemaker.*"] } };
/** AWS's own services write logs and reports; they have no account, and no policy of yours is for them. */
const BY_A_PRINCIPAL: Conditions = { BoolIfExists: { "aws:PrincipalIsAWSService": ["false"] } };

/** The statements of a resource control policy, and the exemptions that are not in it. */
export interface ResourceStatements {
  readonly statements: readonly Statement[];
  /** Exemptions that do not name a principal: S3 and KMS do not see for which resource a key is used. */
  readonly notExempt: readonly string[];
}

/**
 * The rules that only S3 and KMS can enforce: a key that a request names and the policy rejects is not used. A request
 * without a key is never denied, because the bucket's default applies to it. `buckets`: names, `*` for any characters.
 */
export function resourceStatementsOf(policy: Policy, buckets: readonly string[], today: string): ResourceStatements {
  const rules = keyRulesOf(policy.keys);
  const live = policy.exemptions
    .map((exemption, i) => ({ ...exemption.match, name: exemptionName(exemption, i), expires: exemption.expires }))
    .filter(({ expires }) => expires >= today);
  const named = live.flatMap(({ principal }) => (principal === undefined ? [] : [waysPastAll(principal)]));
  const ways = product(named);
  const all = [...s3Statements(rules, buckets), ...kmsStatements(rules)];
  return {
    statements: all.flatMap((statement) => ways.map((way) => past(statement, way))).map(numbered),
    notExempt: live.filter(({ principal }) => principal === undefined).map(({ name }) => name),
  };
}

const past = (statement: Statement, { conditions = {} }: Way): Statement => ({
  ...statement,
  principal: "*",
  conditions: allOf(statement.conditions, conditions),
});

const numbered = (statement: Statement, i: number): Statement => ({ ...statement, sid: `${statement.sid}${i + 1}` });

const s3Statements = (rules: KeyRules, buckets: readonly string[]): Statement[] =>
  wrongKeyConditions(HEADER_KEY, rules).map((conditions) => ({
    sid: "S3WrongKey",
    actions: ["s3:PutObject"],
    resources: (buckets.length > 0 ? buckets : ["*"]).map((bucket) => `arn:*:s3:::${iamPattern(bucket)}/*`),
    conditions: allOf(conditions, BY_A_PRINCIPAL),
  }));

/** KMS knows the aliases of a key, so that lists of aliases hold here. AWS managed keys are exempt from such policies. */
function kmsStatements(rules: KeyRules): Statement[] {
  const statement = { sid: "KmsWrongKey", actions: USES };
  const [denied, deniedAliases] = [keysOf(rules.deny), aliasesOf(rules.deny)];
  const [allowed, allowedAliases] = [keysOf(rules.allow), aliasesOf(rules.allow)];
  const statements: Statement[] = [];
  if (denied.length > 0) statements.push({ ...statement, resources: denied, conditions: VIA_SAGEMAKER });
  if (deniedAliases.length > 0) {
    const conditions = allOf(VIA_SAGEMAKER, { "ForAnyValue:StringLike": { [ALIASES]: deniedAliases } });
    statements.push({ ...statement, conditions });
  }
  // With a list, only its keys; else only the keys of accepted accounts.
  const accepted = rules.accept === "listed" ? allowed : ofAcceptedAccounts(rules, allowed);
  if (!accepted) return statements;
  const unlisted: Conditions =
    allowedAliases.length > 0 ? { "ForAllValues:StringNotLike": { [ALIASES]: allowedAliases } } : {};
  const notResources = accepted.length > 0 ? { notResources: accepted } : {};
  return [...statements, { ...statement, ...notResources, conditions: allOf(VIA_SAGEMAKER, unlisted) }];
}

const keysOf = (patterns: KeyRules["allow"]): string[] => patterns.filter(({ isAlias }) => !isAlias).map(keyArnPattern);

const aliasesOf = (patterns: KeyRules["allow"]): string[] =>
  patterns.filter(({ isAlias }) => isAlias).map(({ text }) => iamPattern(parseArn(text)?.resource ?? text));
