import type { Policy } from "../../policy/schema.ts";
import { keyQuestion } from "../model/question.ts";
import type { Answer, KeyFact, Question, SettingIs } from "../model/types.ts";
import { matchesPattern } from "./wildcard.ts";

/** A key as a request names it (KMS Developer Guide, "Key identifiers"): one of four forms, or no key at all. */
export type KeyForm = "key-id" | "key-arn" | "alias" | "alias-arn" | "unrecognised";

const ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:(\d{12}):(key|alias)\/[\w/-]+$/;

export function formOf(key: string): KeyForm {
  const arn = ARN.exec(key);
  if (arn) return arn[2] === "key" ? "key-arn" : "alias-arn";
  if (/^alias\/[\w/-]{1,250}$/.test(key)) return "alias";
  return /^[\w-]{1,128}$/.test(key) ? "key-id" : "unrecognised";
}

/** `alias/aws/…`, bare or in an ARN, is an AWS managed key by its name; asking KMS about one would create it. */
export const isAwsManagedByName = (key: string): boolean => /^(arn:[^/]*:)?alias\/aws\//.test(key);

export interface Caller {
  /** Empty where it is not known yet, as in a file that is still to be deployed. */
  readonly account: string;
  readonly region: string;
}

export interface KeyVerdict {
  readonly is: Extract<SettingIs, "accepted" | "rejected" | "undetermined">;
  readonly because: string;
  readonly question?: Question;
}

type Rules = Policy["keys"];
type Known = Extract<Answer, { is: "key" }>;

/** The states in which a key encrypts (KMS Developer Guide, "Key states of AWS KMS keys"). */
const USABLE = ["Enabled", "Updating"];

/** Judges one key by the policy's key rules; what it has to know of the key and does not, comes back as a question. */
export function judgeKey(
  key: string,
  caller: Caller,
  rules: Rules,
  answerTo: (question: Question) => Answer | undefined,
): KeyVerdict {
  if (formOf(key) === "unrecognised") {
    return { is: "undetermined", because: "not a key id, key ARN, alias name or alias ARN" };
  }
  const question = questionAbout(key, caller, rules);
  const answer = isAwsManagedByName(key) ? undefined : answerTo(question);
  const known = answer?.is === "key" && formOf(answer.arn) === "key-arn" ? answer : undefined;
  const names = namesOf(key, caller, known);
  const among = (patterns: readonly string[]) =>
    patterns.find((pattern) => names.some((name) => matches(pattern, name)));
  const deniedBy = among(rules.deny);
  if (deniedBy !== undefined) return { is: "rejected", because: `the policy denies ${deniedBy}` };
  // What is on the deny list under a name that is not known yet comes before any allowing.
  const mayBeDenied = !known && rules.deny.some((pattern) => mayMatchUnseen(pattern, key, caller));
  const allowedBy = mayBeDenied ? undefined : among(rules.allow);
  if (allowedBy !== undefined) return { is: "accepted", because: `the policy allows ${allowedBy}` };
  if (isAwsManagedByName(key)) return judgeManager("AWS", rules, "by its name");
  if (known) return judgeKnown(known, caller, rules);
  const owned = judgeOwner(accountOf(key, caller), caller, rules);
  if (owned?.is === "rejected") return owned;
  if (rules.accept === "any" && !mayBeDenied && !rules["require-rotation"]) return owned ?? ANY;
  if (rules.accept === "listed" && !rules.allow.some((pattern) => mayMatchUnseen(pattern, key, caller)))
    return UNLISTED;
  if (answer === undefined) return { is: "undetermined", because: "the key has not been looked up", question };
  return { is: "undetermined", because: answer.is === "unknown" ? answer.because : "KMS did not answer with a key" };
}

const ANY: KeyVerdict = { is: "accepted", because: "the policy accepts any key" };
const UNLISTED: KeyVerdict = { is: "rejected", because: "the policy's allow list does not name it" };

/** A key that KMS has described: whose it is, who manages it, whether it works and is rotated. */
function judgeKnown(known: Known, caller: Caller, rules: Rules): KeyVerdict {
  const { allow, deny } = rules;
  if (!known.aliases && [...allow, ...deny].some((pattern) => isAliasPattern(pattern) && pattern.startsWith("arn:"))) {
    return { is: "undetermined", because: "the aliases of another account's key cannot be listed" };
  }
  const managed = judgeManager(known.manager, rules, "by DescribeKey");
  if (managed.is !== "accepted") return managed;
  const owned = judgeOwner(accountOf(known.arn, caller), caller, rules);
  if (owned?.is === "rejected") return owned;
  if (!USABLE.includes(known.state)) {
    return { is: "rejected", because: `the key is ${known.state}: what is under it cannot be read` };
  }
  if (rules["require-rotation"] && known.manager === "CUSTOMER") {
    if (known.rotates === undefined) return { is: "undetermined", because: "whether the key is rotated was not told" };
    if (!known.rotates) return { is: "rejected", because: "the key is not rotated automatically" };
  }
  return owned ?? managed;
}

/** Another account's key is no finding where the policy accepts those, and a doubt unless it says more. */
function judgeOwner(owner: string, caller: Caller, rules: Rules): KeyVerdict | undefined {
  if (owner === caller.account || caller.account === "") return undefined;
  const others = rules["other-accounts"] ?? (rules.accept === "any" ? "accept" : "report");
  if (others === "accept") return undefined;
  const because = `a key of account ${owner}, which the policy does not allow`;
  return { is: others === "reject" ? "rejected" : "undetermined", because };
}

function judgeManager(manager: "AWS" | "CUSTOMER", { accept }: Rules, how: string): KeyVerdict {
  if (accept === "any") return ANY;
  if (accept === "listed") return UNLISTED;
  return manager === "CUSTOMER"
    ? { is: "accepted", because: `a customer managed key, ${how}` }
    : { is: "rejected", because: `an AWS managed key, ${how}` };
}

/** What is asked about a key under such rules. */
export const questionAbout = (key: string, caller: Caller, rules: Rules): Question =>
  keyQuestion(key, caller, factsWanted(rules));

/** A list that names aliases takes the key's own to be compared with; rotation is asked for only where it is required. */
function factsWanted({ allow, deny, ...rules }: Rules): KeyFact[] {
  const aliases = [...allow, ...deny].some(isAliasPattern);
  return [...(aliases ? ["aliases" as const] : []), ...(rules["require-rotation"] ? ["rotation" as const] : [])];
}

const isAliasPattern = (pattern: string): boolean => /(^|:)alias\//.test(pattern);
const isAccount = (pattern: string): boolean => /^\d{12}$/.test(pattern);

/** Whether a pattern that matches no name given may still match one that KMS would tell. */
function mayMatchUnseen(pattern: string, key: string, { account }: Caller): boolean {
  // A file belongs to no account yet: what it names without an ARN may be anybody's.
  if (account === "" && !key.startsWith("arn:")) return true;
  if (isAccount(pattern) || isAwsManagedByName(key)) return false;
  const byAlias = formOf(key) === "alias" || formOf(key) === "alias-arn";
  return byAlias || isAliasPattern(pattern);
}

const partitionOf = (region: string): string =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

const accountOf = (key: string, { account }: Caller): string => ARN.exec(key)?.[1] ?? account;

/** Every name that a pattern may match: as given, as an ARN in the caller's account and Region, as KMS resolved it. */
function namesOf(key: string, { account, region }: Caller, known: Known | undefined): string[] {
  const own = `arn:${partitionOf(region)}:kms:${region}:${account}:`;
  const given = [key, ...(known ? [known.arn] : []), ...(known?.aliases ?? [])];
  return given.flatMap((name) => {
    const form = formOf(name);
    if (form === "alias") return [name, own + name];
    if (form === "key-id") return [name, `${own}key/${name}`];
    return name.startsWith(own) ? [name, name.slice(own.length).replace(/^key\//, "")] : [name];
  });
}

/**
 * `*` stands for any run of characters; twelve digits stand for every key of that account. A multi-Region key is the same
 * key in each of its Regions, so the Region in its ARN does not count.
 */
function matches(pattern: string, name: string): boolean {
  if (isAccount(pattern)) return ARN.exec(name)?.[1] === pattern;
  const everywhere = pattern.replace(/^(arn:[^:]*:kms:)[^:]*(:\d{12}:key\/mrk-)/, "$1*$2");
  return matchesPattern(everywhere, name);
}
