import type { NotKnown } from "./context.ts";
import type { Coverage, Gap } from "./coverage.ts";

/** A row of the coverage in its public form. */
export interface PublicCoverage {
  readonly operation: string;
  readonly path: string;
  readonly prevented: Coverage["prevented"];
  readonly because: string;
}

/** The public form of a row: the calls that are denied, then the gaps, as sentences. */
export const publicCoverage = ({
  operation,
  path,
  prevented,
  denies,
  gaps,
  needsKeyFacts,
}: Coverage): PublicCoverage => ({
  operation,
  path,
  prevented,
  because: [...deniedWords(denies), ...gaps.map(gapWords), ...(needsKeyFacts ? [KEY_FACTS] : [])].join(" "),
});

const KEY_FACTS = "An AWS managed or unusable key that is given by its ARN passes: no ARN shows that.";

function deniedWords(denies: Coverage["denies"]): string[] {
  const missing = denies.includes("missing");
  if (missing && denies.includes("wrong")) return ["A call without the key, or with a rejected one, is denied."];
  if (missing) return ["A call without the key is denied."];
  return denies.includes("wrong") ? ["A call with a rejected key is denied."] : [];
}

function gapWords(gap: Gap): string {
  switch (gap.code) {
    case "no-condition-key":
      return "The action has no condition key for a KMS key.";
    case "other-member":
      return "The action's condition key for a KMS key stands for another member.";
    case "takes-no-key":
      return "SageMaker accepts no key here.";
    case "not-in-request":
      return "The caller cannot give the key.";
    case "not-required":
      return "The policy does not require it.";
    case "left-out":
      return `Exemption "${gap.exemption}" covers calls that no condition shows, so no call is denied.`;
    case "sharing-not-shown":
      return "No condition key shows whether sharing is on, so a missing key is not denied.";
    case "output-not-shown":
      return "No condition key shows whether the job writes to S3, so a missing key is not denied.";
    case "automation-not-shown":
      return "No condition key shows whether labeling is automated, so a missing key is not denied.";
    case "bucket-default":
      return "The policy may accept the bucket's default key instead, so a missing key is not denied.";
    case "one-value":
      return "The condition key has one value; AWS does not document it for a list.";
    case "aliases":
      return "The policy lists aliases, and AWS does not document the condition key's value for an alias.";
    case "partly-required":
      return "The condition key also stands for a member that the policy does not require, so a rejected key is not denied.";
    default:
      return gap satisfies never;
  }
}

/** Why the record of a call does not show a condition key's value. */
export function notKnownWords(because: NotKnown): string {
  switch (because) {
    case "alias":
      return "the call names its key by an alias, and AWS does not document the condition key's value then";
    case "several-values":
      return "the call has several definitions, and AWS does not document the condition key's one value then";
    case "not-a-key":
      return "the call's key has no known form";
    case "parameters-omitted":
      return "CloudTrail omitted the parameters of the call";
    case "no-issuer":
      return "the record does not have the ARN of the caller's role";
    default:
      return because satisfies never;
  }
}
