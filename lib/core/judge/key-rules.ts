import type { Policy } from "../../policy/schema.ts";
import type { KeyFact } from "../model/look-up.ts";
import { compilePattern, matches, type Pattern } from "../model/wildcard.ts";
import { ARN } from "./key-form.ts";

/** The policy's key rules, their patterns split once. */
export interface KeyRules {
  readonly accept: Policy["keys"]["accept"];
  readonly allow: readonly KeyPattern[];
  readonly deny: readonly KeyPattern[];
  /** Accounts whose keys are the organisation's own. */
  readonly ownAccounts: readonly string[];
  readonly otherAccounts: "accept" | "report" | "reject";
  readonly requireRotation: boolean;
  /** A list names an alias by its ARN, which another account's key cannot be compared with. */
  readonly namesAliasArns: boolean;
  /** The same of the deny list alone, which counts for a key of `ownAccounts` too. */
  readonly deniesAliasArns: boolean;
  /** Facts to look up besides DescribeKey's answer: aliases where a list names some, rotation where it is required. */
  readonly wanted: readonly KeyFact[];
}

export interface KeyPattern {
  /** As the policy has it. */
  readonly text: string;
  /** Twelve digits: every key of that account. */
  readonly account: string | undefined;
  readonly isAlias: boolean;
  readonly pattern: Pattern;
}

const compiled = new WeakMap<Policy["keys"], KeyRules>();

/** The key rules of a policy, compiled when first needed. */
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
    namesAliasArns: aliases.some(isArn),
    deniesAliasArns: deny.some((pattern) => pattern.isAlias && isArn(pattern)),
    wanted,
  };
  compiled.set(keys, rules);
  return rules;
}

const isArn = ({ text }: KeyPattern): boolean => text.startsWith("arn:");

/** A multi-Region key is the same key in each of its Regions, so the Region in its ARN does not count. */
function compileKeyPattern(text: string): KeyPattern {
  const everywhere = text.replace(/^(arn:[^:]*:kms:)[^:]*(:\d{12}:key\/mrk-)/, "$1*$2");
  return {
    text,
    account: /^\d{12}$/.test(text) ? text : undefined,
    isAlias: /(^|:)alias\//.test(text),
    pattern: compilePattern(everywhere),
  };
}

/** `*` stands for any run of characters; twelve digits stand for every key of that account. */
export const matchesKey = ({ account, pattern }: KeyPattern, name: string): boolean =>
  account === undefined ? matches(pattern, name) : ARN.exec(name)?.[1] === account;
