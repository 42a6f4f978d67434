import type { KeyPattern, KeyRules } from "../core/judge/key-rules.ts";
import { isArn, parseArn } from "../core/model/arn.ts";
import { iamPattern, OWN_ACCOUNT } from "./iam-pattern.ts";
import { allOf, type Conditions } from "./statement.ts";

const ANY_KEY = "arn:*:kms:*:*:key/*";
const ANY_AWS_ALIAS = "arn:*:kms:*:*:alias/aws/*";

/** The ARN pattern of IAM for a key pattern of the policy. A name without an ARN belongs to the caller's account. */
export function keyArnPattern({ text, account }: Pick<KeyPattern, "text" | "account">): string {
  if (account !== undefined) return `arn:*:kms:*:${account}:*`;
  const arn = parseArn(text);
  if (!arn) return `arn:*:kms:*:${OWN_ACCOUNT}:${iamPattern(text.startsWith("alias/") ? text : `key/${text}`)}`;
  // A multi-Region key is the same key in each of its Regions.
  const region = arn.resource.startsWith("key/mrk-") ? "*" : arn.region;
  return iamPattern(`arn:${arn.partition}:${arn.service}:${region}:${arn.account}:${arn.resource}`);
}

/**
 * The conditions under which a key that a call names is certainly wrong, for one condition key; one statement for each.
 * An ARN does not show a key's manager, state, rotation or aliases, so no condition depends on these.
 */
export function wrongKeyConditions(key: string, rules: KeyRules): Conditions[] {
  const { accept, allow, deny } = rules;
  const allowed = allow.map(keyArnPattern);
  const denied = deny.map(keyArnPattern);
  const listsAliases = allow.some(({ isAlias }) => isAlias);
  const mayAllowAwsAlias = listsAliases || allow.some(({ account }) => account !== undefined);
  const isAliasWrong = accept === "customer-managed" || (accept === "listed" && listsAliases);
  const named = isAliasWrong && !mayAllowAwsAlias ? [...denied, ANY_AWS_ALIAS] : denied;
  const conditions: Conditions[] = named.length > 0 ? [like(key, named)] : [];
  if (isAliasWrong && mayAllowAwsAlias) conditions.push(allOf(like(key, [ANY_AWS_ALIAS]), notLike(key, allowed)));
  const wrong = unaccepted(key, rules, allowed);
  return wrong ? [...conditions, wrong] : conditions;
}

/** A variable contains a colon, so that a pattern with one is compared as text, and not part by part. */
const hasVariable = (patterns: readonly string[]): boolean => patterns.some((pattern) => pattern.includes(OWN_ACCOUNT));

const like = (key: string, patterns: readonly string[]): Conditions =>
  hasVariable(patterns) ? { StringLike: { [key]: patterns } } : { ArnLike: { [key]: patterns } };

/** None of the patterns matches. An empty list excludes nothing. */
function notLike(key: string, patterns: readonly string[]): Conditions {
  if (patterns.length === 0) return {};
  return hasVariable(patterns) ? { StringNotLike: { [key]: patterns } } : { ArnNotLike: { [key]: patterns } };
}

/**
 * The keys outside the accepted ones; `undefined` if every ARN may be the one of an accepted key: with an alias on the
 * list, each key may be the one that it points to.
 */
function unaccepted(key: string, rules: KeyRules, allowed: readonly string[]): Conditions | undefined {
  if (rules.accept === "listed" && !rules.allow.some(({ isAlias }) => isAlias)) {
    // The alias of a listed key, if a condition key ever has one, is not on the list.
    return allOf({ ArnLike: { [key]: [ANY_KEY, ANY_AWS_ALIAS] } }, notLike(key, allowed));
  }
  const accepted = ofAcceptedAccounts(rules, allowed);
  return accepted && allOf({ Null: { [key]: ["false"] } }, notLike(key, accepted));
}

/** The ARN patterns of accepted accounts and of listed keys; `undefined` if the policy accepts keys of any account. */
export function ofAcceptedAccounts(
  { allow, otherAccounts, ownAccounts }: KeyRules,
  allowed: readonly string[],
): readonly string[] | undefined {
  if (otherAccounts !== "reject") return undefined;
  const owners = allow.flatMap(({ text, isAlias }) => (isAlias && isArn(text) ? [parseArn(text)?.account ?? "*"] : []));
  if (owners.includes("*")) return undefined;
  const accounts = [...new Set([OWN_ACCOUNT, ...ownAccounts, ...owners])];
  return [...accounts.map((account) => `arn:*:kms:*:${account}:*`), ...allowed];
}
