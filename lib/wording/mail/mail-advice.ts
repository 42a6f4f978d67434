import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { collect } from "../../core/model/path.ts";
import type { Code, Reason } from "../../core/model/reason.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { isFlag } from "../remedy/remedy-path.ts";
import { isClear, type MailFacts, type MailText } from "./mail-text.ts";

/** The mail's second line: what to do, as one sentence or two. */
export function adviceOf(mailText: MailText): SafeText {
  const { facts, stop, stopKind: kind, noun } = mailText;
  if (isClear(facts)) return facts.mayBeStopped ? safeText`look whether it still runs.` : safeText`nothing.`;
  if (facts.isFollowUp && stop && ["deferred", "failed", "denied"].includes(stop.outcome)) {
    return safeText`stop the ${kind ? ownText(kind.noun) : noun} yourself; Keyward does not try again.`;
  }
  if (!kind) return safeText`check its key settings yourself; this operation is newer than Keyward's catalogue.`;
  const own = findingsToFix(mailText);
  if (own.length === 0) return elsewhere(mailText);
  if (facts.verdict === "undetermined") {
    return safeText`nothing, if you know that all of this data is under a key that the policy accepts.`;
  }
  return lowerFirst(howToFix(own, rekeyOf(mailText)));
}

/** How the kind's key is set; where another resource has it, how that one is replaced. */
export const rekeyOf = ({ facts, stopKind: kind }: MailText): SafeText =>
  ownText((facts.holder && kind?.rekeyOfHolder) ?? kind?.rekey ?? "");

/** The findings that the caller's own request can correct. */
export const findingsToFix = ({ facts, findings }: MailText): SettingVerdict[] =>
  findings.filter((finding) => holderOf(finding, facts) === undefined);

/** How the findings are fixed, as a sentence. A finding about a bucket needs no new resource. */
export function howToFix(findings: readonly SettingVerdict[], rekey: SafeText): SafeText {
  if (findings.some(({ reason }) => isDirectoryBucket(reason))) {
    return safeText`Use a general purpose bucket, with the key. A directory bucket accepts no key.`;
  }
  if (findings.every(isFlag))
    return safeText`Turn the encryption of traffic on in a new one: it cannot be changed later.`;
  return findings.every(isBucket) ? safeText`Set a default key on the bucket, or use a bucket that has one.` : rekey;
}

/** Sentences that begin with AWS's name of an operation keep their capital. */
export const lowerFirst = (sentence: SafeText): SafeText =>
  /^[A-Z][a-z]+(?![A-Za-z]*[A-Z])/.test(sentence)
    ? ownText(sentence.charAt(0).toLowerCase() + sentence.slice(1))
    : sentence;

/** The member that names the resource with the setting. SageMaker would refuse a key in this request too. */
function holderOf({ path }: SettingVerdict, { operation, request }: MailFacts): string | undefined {
  const holder = rowOf(operation)?.settings.find((setting) => setting.path === path)?.elsewhere;
  return holder !== undefined && request !== "omitted" && collect(request, holder).length > 0 ? holder : undefined;
}

function elsewhere({ facts, findings }: MailText): SafeText {
  const holders = [...new Set(findings.flatMap((finding) => holderOf(finding, facts) ?? []))];
  if (holders.length === 0) return safeText`check its key settings yourself.`;
  return safeText`check whether the resource that ${joined(holders.map(ownText), " and ")} names has keys that the policy accepts. If not, use a resource that has them.`;
}

const isDirectoryBucket = (reason: Reason | undefined): boolean =>
  reason?.code === "directory-bucket" ||
  reason?.code === "output-to-directory-bucket" ||
  (reason?.code === "bucket-for-missing-key" && isDirectoryBucket(reason.bucket));

/** Reasons that depend on the local storage of an instance type. */
const ABOUT_STORAGE: ReadonlySet<Code> = new Set(["local-storage", "instance-type-unknown", "mixed-storage"]);

/** The effect of the key where the instance types differ, and on a bucket's objects. */
export function hintsOf({ facts }: MailText, findings: readonly SettingVerdict[]): SafeText[] {
  const is = (code: Code) => findings.some(({ reason }) => reason?.code === code);
  const inDoubt = facts.verdict === "undetermined";
  return [
    ...(findings.some(({ reason }) => isDirectoryBucket(reason)) ? [safeText`Change the request's bucket too.`] : []),
    ...(findings.some(isBucket)
      ? [safeText`A default key covers only new objects: copy the existing ones onto themselves.`]
      : []),
    ...(is("key-for-ebs-variants")
      ? [safeText`One key serves all variants. It does not encrypt local storage, which its own hardware encrypts.`]
      : []),
    ...(is("instance-type-alternatives")
      ? [safeText`Name only instance types that take a key, with the key, or only ones with local storage, without it.`]
      : []),
    ...(inDoubt && findings.some(({ reason }) => reason !== undefined && ABOUT_STORAGE.has(reason.code))
      ? [safeText`Instance types with local storage accept no volume key: remove that line for them.`]
      : []),
  ];
}
