import { type Answer, type Answers, answerTo, keyLookUp, type LookUp } from "../model/look-up.ts";
import type { Reason } from "../model/reason.ts";
import type { SettingIs } from "../model/types.ts";
import { ARN, formOf, isAwsManagedByName } from "./key-form.ts";
import { type KeyPattern, type KeyRules, matchesKey } from "./key-rules.ts";

export interface Caller {
  /** Empty where it is not known yet, as in a file that is still to be deployed. */
  readonly account: string;
  readonly region: string;
}

export interface KeyVerdict {
  readonly is: Extract<SettingIs, "accepted" | "rejected" | "undetermined">;
  readonly reason: Reason;
  readonly lookUp?: LookUp;
}

type KnownKey = Extract<Answer, { is: "key" }>;

/** The states in which a key encrypts (KMS Developer Guide, "Key states of AWS KMS keys"). */
const USABLE = ["Enabled", "Updating"];

/** Judges one key by the policy's key rules; a fact of the key that is needed and not known comes back as a question. */
export function judgeKey(key: string, caller: Caller, rules: KeyRules, answers: Answers): KeyVerdict {
  if (formOf(key) === "unrecognised") return UNRECOGNISED;
  const managedByName = isAwsManagedByName(key);
  const lookUp = keyLookUpOf(key, caller, rules);
  const answer = managedByName ? undefined : answerTo(lookUp, answers);
  const known = answer?.is === "key" && formOf(answer.arn) === "key-arn" ? answer : undefined;
  const listed = judgeLists(key, caller, rules, known);
  if (listed.verdict) return listed.verdict;
  const foreign = otherPartition(key, caller);
  if (foreign !== undefined)
    return { is: "undetermined", reason: { code: "key-of-other-partition", partition: foreign } };
  if (managedByName) return judgeManager("AWS", rules, "name");
  if (known) return judgeKnown(known, caller, rules);
  const owned = judgeOwner(accountOf(key, caller), caller, rules);
  if (owned?.is === "rejected") return owned;
  if (rules.accept === "any" && !listed.mayBeDenied && !rules.requireRotation) return owned ?? ANY;
  if (rules.accept === "listed" && !rules.allow.some((pattern) => mayMatchUnseen(pattern, key, caller))) {
    return UNLISTED;
  }
  if (answer === undefined) return { is: "undetermined", reason: { code: "needs-key" }, lookUp };
  const reason = answer.is === "unknown" ? answer.reason : NO_KEY_ANSWER;
  const refused = REFUSED.includes(reason.code) && !listed.mayBeDenied;
  return (refused && acceptUnseen(accountOf(key, caller), reason, rules)) || { is: "undetermined", reason };
}

/** The look-up was refused by the key's account, or could not be made at all. */
const REFUSED: readonly Reason["code"][] = ["aws-denied", "needs-key"];

/**
 * A key of the organisation's that nobody here may look up: it is the organisation's to manage, rotation included.
 * `listed` accepts no key by its account alone.
 */
const acceptUnseen = (account: string, answer: Reason, { ownAccounts, accept }: KeyRules): KeyVerdict | undefined =>
  ownAccounts.includes(account) && accept !== "listed"
    ? { is: "accepted", reason: { code: "organisation-key", account, answer } }
    : undefined;

const UNRECOGNISED: KeyVerdict = { is: "undetermined", reason: { code: "key-unrecognised" } };
const ANY: KeyVerdict = { is: "accepted", reason: { code: "any-key-accepted" } };
const UNLISTED: KeyVerdict = { is: "rejected", reason: { code: "key-not-listed" } };
const NO_KEY_ANSWER: Reason = { code: "incomplete-answer", service: "KMS", lacks: "a key" };

/** The deny list comes first; where a name that is not known yet may be on it, nothing is allowed. */
function judgeLists(
  key: string,
  caller: Caller,
  { allow, deny }: KeyRules,
  known: KnownKey | undefined,
): { readonly verdict?: KeyVerdict; readonly mayBeDenied: boolean } {
  if (allow.length === 0 && deny.length === 0) return NOT_LISTED;
  const names = namesOf(key, caller, known);
  const among = (patterns: readonly KeyPattern[]) =>
    patterns.find((pattern) => names.some((name) => matchesKey(pattern, name)))?.text;
  const denied = among(deny);
  if (denied !== undefined) {
    return { verdict: { is: "rejected", reason: { code: "key-denied", pattern: denied } }, mayBeDenied: true };
  }
  const mayBeDenied = !known && deny.some((pattern) => mayMatchUnseen(pattern, key, caller));
  const allowed = mayBeDenied ? undefined : among(allow);
  if (allowed === undefined) return { mayBeDenied };
  return { verdict: { is: "accepted", reason: { code: "key-allowed", pattern: allowed } }, mayBeDenied };
}

const NOT_LISTED = { mayBeDenied: false };

/** A key that KMS has described: whose it is, who manages it, whether it works and is rotated. */
function judgeKnown(known: KnownKey, caller: Caller, rules: KeyRules): KeyVerdict {
  const owner = accountOf(known.arn, caller);
  const comparesAliases = rules.ownAccounts.includes(owner) ? rules.deniesAliasArns : rules.namesAliasArns;
  if (!known.aliases && comparesAliases) return { is: "undetermined", reason: { code: "aliases-unknown" } };
  const managed = judgeManager(known.manager, rules, "DescribeKey");
  if (managed.is !== "accepted") return managed;
  const owned = judgeOwner(owner, caller, rules);
  if (owned?.is === "rejected") return owned;
  if (!USABLE.includes(known.state)) return { is: "rejected", reason: { code: "key-unusable", state: known.state } };
  if (rules.requireRotation && known.manager === "CUSTOMER") {
    if (known.rotates === undefined) return { is: "undetermined", reason: { code: "rotation-unknown" } };
    if (!known.rotates) return { is: "rejected", reason: { code: "key-not-rotated" } };
  }
  return owned ?? managed;
}

/**
 * Another account's key is no finding where the policy accepts those, or counts the account as the organisation's; and a
 * doubt unless it says more.
 */
function judgeOwner(owner: string, caller: Caller, rules: KeyRules): KeyVerdict | undefined {
  const { otherAccounts, ownAccounts } = rules;
  if (owner === caller.account || caller.account === "" || otherAccounts === "accept") return undefined;
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

/** The look-up of a key under such rules. */
export const keyLookUpOf = (key: string, caller: Caller, { wanted }: KeyRules): LookUp =>
  keyLookUp(key, caller, wanted);

/** Whether a pattern that matches no name given may still match one that KMS would give. */
function mayMatchUnseen({ account: ofAccount, isAlias }: KeyPattern, key: string, { account }: Caller): boolean {
  // A file belongs to no account yet: a key that it names without an ARN may be anybody's.
  if (account === "" && !key.startsWith("arn:")) return true;
  if (ofAccount !== undefined || isAwsManagedByName(key)) return false;
  const form = formOf(key);
  return form === "alias" || form === "alias-arn" || isAlias;
}

/** Partitions by how the names of their Regions begin (AWS Fault Isolation Boundaries, "Partitions"). */
const PARTITIONS = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
] as const;

const partitionOf = (region: string): string => PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";

/** A key's partition, where it is not the caller's: no call reaches from one into another. */
function otherPartition(key: string, { region }: Caller): string | undefined {
  if (!key.startsWith("arn:") || region === "") return undefined;
  const partition = key.slice("arn:".length, key.indexOf(":", "arn:".length));
  return partition === partitionOf(region) ? undefined : partition;
}

const accountOf = (key: string, { account }: Caller): string =>
  key.startsWith("arn:") ? (ARN.exec(key)?.[1] ?? account) : account;

/** Every name that a pattern may match: as given, as an ARN in the caller's account and Region, as KMS resolved it. */
function namesOf(key: string, { account, region }: Caller, known: KnownKey | undefined): string[] {
  const own = `arn:${partitionOf(region)}:kms:${region}:${account}:`;
  const given = [key, ...(known ? [known.arn] : []), ...(known?.aliases ?? [])];
  return given.flatMap((name) => {
    const form = formOf(name);
    if (form === "alias") return [name, own + name];
    if (form === "key-id") return [name, `${own}key/${name}`];
    return name.startsWith(own) ? [name, name.slice(own.length).replace(/^key\//, "")] : [name];
  });
}
