import { isArn, parseArn } from "../model/arn.ts";
import { type Answer, type Answers, answerTo, keyLookUp, type LookUp } from "../model/look-up.ts";
import type { Reason } from "../model/reason.ts";
import type { SettingIs } from "../model/types.ts";
import { formOf, isAwsManagedByName } from "./key-form.ts";
import { type KeyPattern, type KeyRules, matchesKey } from "./key-rules.ts";

/** The account and the Region of a call. */
export interface Origin {
  /** Empty if it is not known yet: a file does not say in which account it will be deployed. */
  readonly account: string;
  readonly region: string;
}

/** The verdict on a key, and the look-up that could change it. */
export interface KeyVerdict {
  readonly is: Extract<SettingIs, "accepted" | "rejected" | "undetermined">;
  readonly reason: Reason;
  readonly lookUp?: LookUp;
}

type KnownKey = Extract<Answer, { is: "key" }>;

/** The states in which a key encrypts (KMS Developer Guide, "Key states of AWS KMS keys"). */
const USABLE = ["Enabled", "Updating"];

/**
 * Judges one key by the policy's key rules. If a fact about the key is necessary and not known, returns its look-up.
 */
export function judgeKey(key: string, origin: Origin, rules: KeyRules, answers: Answers): KeyVerdict {
  if (formOf(key) === "unrecognised") return UNRECOGNISED;
  const managedByName = isAwsManagedByName(key);
  const lookUp = keyLookUpOf(key, origin, rules);
  const answer = managedByName ? undefined : answerTo(lookUp, answers);
  const known = answer?.is === "key" && formOf(answer.arn) === "key-arn" ? answer : undefined;
  const listed = judgeLists(key, origin, rules, known);
  if (listed.verdict) return listed.verdict;
  const partition = otherPartition(key, origin);
  if (partition !== undefined) return { is: "undetermined", reason: { code: "key-of-other-partition", partition } };
  // The key is on the allow list, so only the deny list can be against it.
  if (listed.isAllowedUnlessDenied) return undecided(answer, lookUp);
  if (managedByName) return judgeManager("AWS", rules, "name");
  if (known) return judgeKnown(known, origin, rules);
  const owned = judgeOwner(accountOf(key, origin), origin, rules);
  if (owned?.is === "rejected") return owned;
  if (rules.accept === "any" && !listed.mayBeDenied && !rules.requireRotation) return owned ?? ANY;
  if (rules.accept === "listed" && !rules.allow.some((pattern) => mayMatchUnseen(pattern, key, origin))) {
    return UNLISTED;
  }
  const verdict = undecided(answer, lookUp);
  const refused = answer !== undefined && REFUSED.includes(verdict.reason.code) && !listed.mayBeDenied;
  return (refused && acceptUnseen(accountOf(key, origin), verdict.reason, rules)) || verdict;
}

/** The verdict while KMS has not described the key: the look-up is still to be made, or has failed. */
function undecided(answer: Answer | undefined, lookUp: LookUp): KeyVerdict {
  if (answer === undefined) return { is: "undetermined", reason: { code: "needs-key" }, lookUp };
  return { is: "undetermined", reason: answer.is === "unknown" ? answer.reason : NO_KEY_ANSWER };
}

/** The key's account has refused the look-up, or nobody has made it. */
const REFUSED: readonly Reason["code"][] = ["aws-denied", "needs-key"];

/**
 * Accepts a key of the organisation that cannot be looked up: its own account is responsible for it, and for its
 * rotation. With `accept: listed`, the account alone is not enough.
 */
const acceptUnseen = (account: string, answer: Reason, { ownAccounts, accept }: KeyRules): KeyVerdict | undefined =>
  ownAccounts.includes(account) && accept !== "listed"
    ? { is: "accepted", reason: { code: "organisation-key", account, answer } }
    : undefined;

const UNRECOGNISED: KeyVerdict = { is: "undetermined", reason: { code: "key-unrecognised" } };
const ANY: KeyVerdict = { is: "accepted", reason: { code: "any-key-accepted" } };
const UNLISTED: KeyVerdict = { is: "rejected", reason: { code: "key-not-listed" } };
const NO_KEY_ANSWER: Reason = { code: "incomplete-answer", service: "KMS", lacks: "a key" };

interface ListVerdict {
  readonly verdict?: KeyVerdict;
  /** A name that only KMS knows may be on the deny list. */
  readonly mayBeDenied: boolean;
  /** A name of the key is on the allow list, and one that only KMS knows may be on the deny list. */
  readonly isAllowedUnlessDenied?: true;
}

/**
 * Judges a key by the deny list, then by the allow list. While an unknown name of the key may be denied, no key is
 * allowed.
 */
function judgeLists(key: string, origin: Origin, { allow, deny }: KeyRules, known: KnownKey | undefined): ListVerdict {
  if (allow.length === 0 && deny.length === 0) return NOT_LISTED;
  const names = namesOf(key, origin, known);
  const firstMatch = (patterns: readonly KeyPattern[]) =>
    patterns.find((pattern) => names.some((name) => matchesKey(pattern, name)))?.text;
  const denied = firstMatch(deny);
  if (denied !== undefined) {
    return { verdict: { is: "rejected", reason: { code: "key-denied", pattern: denied } }, mayBeDenied: true };
  }
  const mayBeDenied = !known && deny.some((pattern) => mayMatchUnseen(pattern, key, origin));
  const allowed = firstMatch(allow);
  if (allowed === undefined) return { mayBeDenied };
  if (mayBeDenied) return { mayBeDenied, isAllowedUnlessDenied: true };
  return { verdict: { is: "accepted", reason: { code: "key-allowed", pattern: allowed } }, mayBeDenied };
}

const NOT_LISTED = { mayBeDenied: false };

/** Judges a key that KMS has described: by its manager, its account, its state and its rotation. */
function judgeKnown(known: KnownKey, origin: Origin, rules: KeyRules): KeyVerdict {
  const owner = accountOf(known.arn, origin);
  const comparesAliases = rules.ownAccounts.includes(owner) ? rules.deniesAliasArns : rules.namesAliasArns;
  if (!known.aliases && comparesAliases) return { is: "undetermined", reason: { code: "aliases-unknown" } };
  const managed = judgeManager(known.manager, rules, "DescribeKey");
  if (managed.is !== "accepted") return managed;
  const owned = judgeOwner(owner, origin, rules);
  if (owned?.is === "rejected") return owned;
  if (!USABLE.includes(known.state)) return { is: "rejected", reason: { code: "key-unusable", state: known.state } };
  if (rules.requireRotation && known.manager === "CUSTOMER") {
    if (known.rotates === undefined) return { is: "undetermined", reason: { code: "rotation-unknown" } };
    if (!known.rotates) return { is: "rejected", reason: { code: "key-not-rotated" } };
  }
  return owned ?? managed;
}

/**
 * Judges a key by its account. `undefined` if the account is no reason against it: the account is the call's own or the
 * organisation's, or the policy accepts keys of other accounts.
 */
function judgeOwner(owner: string, origin: Origin, rules: KeyRules): KeyVerdict | undefined {
  const { otherAccounts, ownAccounts } = rules;
  if (owner === origin.account || origin.account === "" || otherAccounts === "accept") return undefined;
  if (ownAccounts.includes(owner)) return undefined;
  const is = otherAccounts === "reject" ? "rejected" : "undetermined";
  return { is, reason: { code: "other-account", account: owner } };
}

function judgeManager(manager: "AWS" | "CUSTOMER", { accept }: KeyRules, by: "name" | "DescribeKey"): KeyVerdict {
  if (accept === "any") return ANY;
  if (accept === "listed") return UNLISTED;
  return manager === "CUSTOMER"
    ? { is: "accepted", reason: { code: "customer-managed", by } }
    : { is: "rejected", reason: { code: "aws-managed", by } };
}

/** Makes the look-up of a key, with the facts that these rules need. */
export const keyLookUpOf = (key: string, origin: Origin, { wanted }: KeyRules): LookUp =>
  keyLookUp(key, origin, wanted);

/** True if a pattern does not match a known name of the key, but may match a name that only KMS knows. */
function mayMatchUnseen({ account: ofAccount, isAlias }: KeyPattern, key: string, { account }: Origin): boolean {
  // A file has no account yet, so a key without an ARN may belong to any account.
  if (account === "" && !isArn(key)) return true;
  if (ofAccount !== undefined || isAwsManagedByName(key)) return false;
  const form = formOf(key);
  return form === "alias" || form === "alias-arn" || isAlias;
}

/** Each partition by the prefix of its Regions' names (AWS Fault Isolation Boundaries, "Partitions"). */
const PARTITIONS = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
] as const;

/** The partition of a Region. */
export const partitionOf = (region: string): string =>
  PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";

/** The partition of a key's ARN, if it differs from the call's. No AWS call can use a key of another partition. */
function otherPartition(key: string, { region }: Origin): string | undefined {
  const partition = region === "" ? undefined : parseArn(key)?.partition;
  return partition === partitionOf(region) ? undefined : partition;
}

/** The account of a key. A key without an ARN belongs to the account of the call. */
const accountOf = (key: string, { account }: Origin): string => parseArn(key)?.account ?? account;

/**
 * All names of a key that a pattern may match: the name in the request, its ARN, its short form, and the names from
 * KMS.
 */
function namesOf(key: string, { account, region }: Origin, known: KnownKey | undefined): string[] {
  const own = `arn:${partitionOf(region)}:kms:${region}:${account}:`;
  const given = known ? [key, known.arn, ...(known.aliases ?? [])] : [key];
  return given.flatMap((name) => {
    const form = formOf(name);
    if (form === "alias") return [name, own + name];
    if (form === "key-id") return [name, `${own}key/${name}`];
    return name.startsWith(own) ? [name, name.slice(own.length).replace(/^key\//, "")] : [name];
  });
}
