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

const gapWords = (gap: Gap): string =>
  gap.code === "left-out"
    ? `Exemption "${gap.exemption}" covers calls that no condition shows, so no call is denied.`
    : GAPS[gap.code];

const GAPS: Readonly<Record<Exclude<Gap["code"], "left-out">, string>> = {
  "no-condition-key": "The action has no condition key for a KMS key.",
  "other-member": "The action's condition key for a KMS key stands for another member.",
  "takes-no-key": "SageMaker accepts no key here.",
  "not-in-request": "The caller cannot give the key.",
  "not-required": "The policy does not require it.",
  "sharing-not-shown": "No condition key shows whether sharing is on, so a missing key is not denied.",
  "output-not-shown": "No condition key shows whether the job writes to S3, so a missing key is not denied.",
  "automation-not-shown": "No condition key shows whether labeling is automated, so a missing key is not denied.",
  "bucket-default": "The policy may accept the bucket's default key instead, so a missing key is not denied.",
  "one-value": "The condition key has one value; AWS does not document it for a list.",
  aliases: "The policy lists aliases, and AWS does not document the condition key's value for an alias.",
  "partly-required":
    "The condition key also stands for a member that the policy does not require, so a rejected key is not denied.",
};

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
