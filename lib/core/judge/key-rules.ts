import type { Policy } from "../../policy/schema.ts";
import { isArn, parseArn } from "../model/arn.ts";
import type { KeyFact } from "../model/look-up.ts";
import { compilePattern, matches, type Pattern } from "../model/wildcard.ts";

/** The policy's key rules, with their patterns already split. */
export interface KeyRules {
  readonly accept: Policy["keys"]["accept"];
  readonly allow: readonly KeyPattern[];
  readonly deny: readonly KeyPattern[];
  /** The accounts whose keys belong to the organisation. */
  readonly ownAccounts: readonly string[];
  readonly otherAccounts: "accept" | "report" | "reject";
  readonly requireRotation: boolean;
  /**
   * A list has the ARN of an alias. KMS does not tell the aliases of another account's key, so that key may be on the
   * list.
   */
  readonly namesAliasArns: boolean;
  /** The deny list has the ARN of an alias. A key of `ownAccounts` is compared with this list only. */
  readonly deniesAliasArns: boolean;
  /** Facts to look up besides DescribeKey's answer: aliases if a list has some, rotation if the policy requires it. */
  readonly wanted: readonly KeyFact[];
}

export interface KeyPattern {
  /** The pattern as it stands in the policy. */
  readonly text: string;
  /** Present if the pattern is an account id, which matches every key of that account. */
  readonly account: string | undefined;
  readonly isAlias: boolean;
  readonly pattern: Pattern;
}

const compiled = new WeakMap<Policy["keys"], KeyRules>();

/** Compiles the key rules of a policy at their first use. */
export function keyRulesOf(keys: Policy["keys"]): KeyRules {
  const known = compiled.get(keys);
  if (known) return known;
  const allow = keys.allow.map(compileKeyPattern);
  const deny = keys.deny.map(compileKeyPattern);
  const aliases = [...allow, ...deny].filter(({ isAlias }) => isAlias);
  const wanted: KeyFact[] = [];
  if (aliases.length > 0) wanted.push("aliases");
  if (keys["require-rotation"]) wanted.push("rotation");
  const rules: KeyRules = {
    accept: keys.accept,
    allow,
    deny,
    ownAccounts: keys.accounts,
    otherAccounts: keys["other-accounts"] ?? (keys.accept === "any" ? "accept" : "report"),
    requireRotation: keys["require-rotation"],
    namesAliasArns: aliases.some(({ text }) => isArn(text)),
    deniesAliasArns: deny.some(({ isAlias, text }) => isAlias && isArn(text)),
    wanted,
  };
  compiled.set(keys, rules);
  return rules;
}

function compileKeyPattern(text: string): KeyPattern {
  return {
    text,
    account: ACCOUNT.test(text) ? text : undefined,
    isAlias: /(^|:)alias\//.test(text),
    pattern: compilePattern(inEveryRegion(text)),
  };
}

/** A multi-Region key is the same key in each of its Regions, so its pattern must match every Region. */
function inEveryRegion(pattern: string): string {
  const arn = parseArn(pattern);
  if (arn?.service !== "kms" || !arn.resource.startsWith("key/mrk-") || !ACCOUNT.test(arn.account)) return pattern;
  return `arn:${arn.partition}:kms:*:${arn.account}:${arn.resource}`;
}

const ACCOUNT = /^\d{12}$/;

/**
 * True if a pattern matches a key's name. `*` matches any characters; an account id matches every key of the account.
 */
export const matchesKey = ({ account, pattern }: KeyPattern, name: string): boolean =>
  account === undefined ? matches(pattern, name) : parseArn(name)?.account === account;
