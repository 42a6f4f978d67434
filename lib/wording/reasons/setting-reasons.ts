import type { Without } from "../../catalogue/condition.ts";
import { joined, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Sentences } from "./sentences.ts";

/** SageMaker's behaviour without a key. */
export const WITHOUT = {
  "transient-key": "no key is given; SageMaker uses a key of its own and discards it",
  "notebook-system-managed-key": "no key is given; SageMaker uses a key that it manages itself",
  "aws-managed-s3": "no key is given; S3 uses the AWS managed key aws/s3",
  "undocumented-s3": "no key is given; AWS does not document which key S3 uses",
  "s3-managed-key": "no key is given; S3 uses keys that it manages itself",
  "aws-owned-key": "no key is given; an AWS owned key is used",
  "aws-managed-key": "no key is given; an AWS managed key is used",
  "studio-default": "no key is given; Studio uses a key that AWS manages",
  undocumented: "no key is given; AWS does not document which key is used instead",
  "plaintext-between-nodes": "traffic between the job's nodes is not encrypted",
} as const satisfies Record<Without, string>;

const list = (types: readonly SafeText[]): SafeText =>
  types.length > 3 ? safeText`${joined(types.slice(0, 3), ", ")} and ${types.length - 3} more` : joined(types, ", ");

const has = (types: readonly SafeText[]) => (types.length > 1 ? "have" : "has");

function whichTakeNone(local: readonly SafeText[], unknown: readonly SafeText[]): SafeText {
  const parts = [
    ...(local.length > 0 ? [safeText`${list(local)} ${has(local)} local storage and takes no key`] : []),
    ...(unknown.length > 0 ? [safeText`it is not known whether ${list(unknown)} ${has(unknown)} local storage`] : []),
  ];
  return joined(parts, ", and ");
}

/** The variants that a key may not encrypt: those on local storage, and those of types that are not known. */
function others(local: readonly SafeText[], unknown: readonly SafeText[]): SafeText {
  const parts = [
    ...(local.length > 0 ? [safeText`${list(local)} ${has(local)} local storage, which it does not encrypt`] : []),
    ...(unknown.length > 0 ? [safeText`it is not known whether ${list(unknown)} ${has(unknown)} local storage`] : []),
  ];
  return joined(parts, ", and ");
}

/** Reasons of the verdicts about settings, keys and buckets. */
export const settingReasons = {
  "depends-on": ({ expression }) => safeText`the value depends on ${expression}`,
  "both-spellings": ({ member }) =>
    safeText`the request has ${member} in two spellings with different values: it is not known which one counts`,
  "unexpected-shape": ({ path }) => safeText`${path} is not of the type that SageMaker takes there`,
  "not-required": () => safeText`the policy does not require it`,
  "member-absent": ({ path }) => safeText`${path} is absent`,
  "no-such-element": ({ path }) => safeText`${path} has no such element`,
  "member-is": ({ path, value }) => safeText`${path} is ${value}`,
  "member-is-not": ({ path, value }) => safeText`${path} is not ${value}`,
  "in-every-element": ({ path }) => safeText`${path} is in every element`,
  serverless: () => safeText`every variant is serverless and has no volume`,
  "serverless-job": ({ lacks }) => safeText`a serverless job has no ${lacks}`,
  "no-s3-output": () => safeText`no output is written to S3`,
  "cluster-not-continuous": () =>
    safeText`a cluster takes a customer managed key only with NodeProvisioningMode Continuous, which needs EKS`,
  "restricted-instance-group": () => safeText`a restricted instance group takes no customer managed key`,
  "deprecated-member": ({ replacement }) => safeText`the member is deprecated; ${replacement} replaces it`,
  "too-many-elements": ({ path, max }) => safeText`${path} has more than ${max} elements; the others are not judged`,
  "not-a-string": () => safeText`the value is not a string`,
  "no-key": ({ without }) => safeText`${WITHOUT[without]}`,
  "named-by": ({ path }) => safeText`${path} names the key`,
  "held-by": ({ path }) => safeText`the resource that ${path} names holds it`,
  "held-by-service": ({ path, service }) =>
    safeText`the key of what ${path} names was given in ${service}, which is not looked up`,
  "local-storage": ({ instanceTypes }) =>
    safeText`${list(instanceTypes)} ${has(instanceTypes)} local storage, which its hardware encrypts and which takes no key`,
  "instance-type-unknown": ({ instanceTypes }) =>
    safeText`it is not known whether ${list(instanceTypes)} ${has(instanceTypes)} local storage`,
  "mixed-storage": ({ local, ebs }) =>
    safeText`${list(local)} ${has(local)} local storage and ${list(ebs)} ${has(ebs)} none: AWS does not document whether a key can be given`,
  "key-for-ebs-variants": ({ local, ebs, unknown }) =>
    safeText`no key is given, so the volumes of ${list(ebs)} are under a key of SageMaker's own; one can be given although ${others(local, unknown)}`,
  "instance-type-alternatives": ({ local, ebs, unknown }) =>
    safeText`SageMaker chooses among ${list([...local, ...ebs, ...unknown])}: ${whichTakeNone(local, unknown)}`,
  "not-looked-up": () => safeText`the key was not looked up: the verdict is certain without it`,
  "key-unrecognised": () => safeText`the value is not a key id, key ARN, alias name or alias ARN`,
  "key-of-other-partition": ({ partition }) =>
    safeText`a key of the partition ${partition}, which cannot be used from here`,
  "key-denied": ({ pattern }) => safeText`the policy denies ${pattern}`,
  "key-allowed": ({ pattern }) => safeText`the policy allows ${pattern}`,
  "any-key-accepted": () => safeText`the policy accepts any key`,
  "key-not-listed": () => safeText`the policy's allow list does not name the key`,
  "customer-managed": ({ by }) => safeText`a customer managed key, by ${by === "name" ? "its name" : by}`,
  "aws-managed": ({ by }) => safeText`an AWS managed key, by ${by === "name" ? "its name" : by}`,
  "needs-key": () => safeText`the key has not been looked up`,
  "aliases-unknown": () => safeText`the aliases of another account's key cannot be listed`,
  "key-unusable": ({ state }) => safeText`the key is ${state}: data under it cannot be read`,
  "rotation-unknown": () => safeText`it is not known whether the key is rotated`,
  "key-not-rotated": () => safeText`the key is not rotated automatically`,
  "other-account": ({ account }) => safeText`a key of account ${account}, which the policy does not allow`,
  "organisation-key": ({ account, answer }, say) =>
    safeText`a key of account ${account}, which keys.accounts names (${say(answer)})`,
  "not-s3": () => safeText`the value is not an S3 location`,
  "access-point": ({ form }) =>
    form === "ARN"
      ? safeText`an access point: the record does not name its bucket`
      : safeText`an access point's alias: the record does not name its bucket`,
  "not-a-bucket-name": ({ name }) => safeText`no bucket can be named "${name}"`,
  "directory-bucket": () =>
    safeText`a directory bucket (S3 Express One Zone) takes no KMS key from SageMaker: S3's own key encrypts it`,
  "output-to-directory-bucket": () =>
    safeText`the output goes to a directory bucket (S3 Express One Zone), which takes no KMS key from SageMaker: S3's own key encrypts it`,
  "needs-bucket": ({ bucket }) => safeText`the default encryption of ${bucket} has not been looked up`,
  "bucket-unanswered": ({ bucket, answer }, say) =>
    safeText`the default encryption of ${bucket} is not known (${say(answer)})`,
  "bucket-under-s3-keys": ({ bucket, algorithm }) =>
    safeText`${bucket} encrypts by default with S3's own keys (${algorithm})`,
  "bucket-default": ({ bucket, key }, say) => safeText`the default key of ${bucket}: ${say(key)}`,
  "bucket-for-missing-key": ({ without, bucket }, say) =>
    safeText`${WITHOUT[without]}; the bucket's default encryption would count instead: ${say(bucket)}`,
} satisfies Partial<Sentences>;
