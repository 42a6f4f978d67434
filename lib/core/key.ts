import type { Policy } from "./policy.ts";
import type { Answer, Question, SettingIs } from "./types.ts";

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
  readonly account: string;
  readonly region: string;
}

export interface KeyVerdict {
  readonly is: Extract<SettingIs, "accepted" | "rejected" | "undetermined">;
  readonly because: string;
  readonly question?: Question;
}

/** Judges one key by the policy's key rules; what it has to know of the key and does not, comes back as a question. */
export function judgeKey(key: string, caller: Caller, rules: Policy["keys"], answer: Answer | undefined): KeyVerdict {
  if (formOf(key) === "unrecognised") {
    return { is: "undetermined", because: "not a key id, key ARN, alias name or alias ARN" };
  }
  const names = namesOf(key, caller, answer);
  const deniedBy = rules.deny.find((pattern) => names.some((name) => matches(pattern, name)));
  if (deniedBy !== undefined) return { is: "rejected", because: `the policy denies ${deniedBy}` };
  const allowedBy = rules.allow.find((pattern) => names.some((name) => matches(pattern, name)));
  if (allowedBy !== undefined) return { is: "accepted", because: `the policy allows ${allowedBy}` };
  if (isAwsManagedByName(key)) return judgeManager("AWS", rules, "by its name");
  if (rules.accept === "any" && rules.deny.length === 0)
    return { is: "accepted", because: "the policy accepts any key" };
  if (answer === undefined) {
    return { is: "undetermined", because: "the key has not been looked up", question: { ask: "key", key, ...caller } };
  }
  if (answer.is === "key") return judgeManager(answer.manager, rules, "by DescribeKey");
  return { is: "undetermined", because: answer.is === "unknown" ? answer.because : "the key was not answered for" };
}

function judgeManager(manager: "AWS" | "CUSTOMER", { accept }: Policy["keys"], how: string): KeyVerdict {
  if (accept === "any") return { is: "accepted", because: "the policy accepts any key" };
  if (accept === "listed") return { is: "rejected", because: "the policy's allow list does not name it" };
  return manager === "CUSTOMER"
    ? { is: "accepted", because: `a customer managed key, ${how}` }
    : { is: "rejected", because: `an AWS managed key, ${how}` };
}

const partitionOf = (region: string): string =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

/** Every name that a pattern may match: as given, as an ARN in the caller's account and Region, as KMS resolved it. */
function namesOf(key: string, { account, region }: Caller, answer: Answer | undefined): string[] {
  const own = `arn:${partitionOf(region)}:kms:${region}:${account}:`;
  const form = formOf(key);
  const names = [key];
  if (form === "alias") names.push(own + key);
  if (form === "key-id") names.push(`${own}key/${key}`);
  if (key.startsWith(own)) names.push(key.slice(own.length).replace(/^key\//, ""));
  if (answer?.is === "key") names.push(answer.arn);
  return names;
}

/** `*` stands for any run of characters; twelve digits stand for every key of that account. */
function matches(pattern: string, name: string): boolean {
  if (/^\d{12}$/.test(pattern)) return ARN.exec(name)?.[1] === pattern;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
