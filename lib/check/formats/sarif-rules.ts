import type { ReportingDescriptor } from "sarif";
import { protectedByKey, protectsNoun } from "../../catalogue/protects.ts";

const UNKNOWN = "unknown";

/** The rules' ids: everything that a key or a flag protects, and what the catalogue does not know. */
export const ruleIds: readonly string[] = [...protectedByKey, UNKNOWN];

/** The rule of a finding, by what its setting protects. */
export const ruleOf = (protects: string): string => (ruleIds.includes(protects) ? protects : UNKNOWN);

/**
 * The rules' severities as code scanning reads them: 7.0 and above is high, 4.0 and above medium, else low. Data at rest
 * without a key of the owner's is still encrypted; traffic in transit without the flag is not.
 */
const SEVERITY = { atRest: "5.5", inTransit: "7.0", unknown: "3.0" } as const;

export function toRule(protects: string): ReportingDescriptor {
  const fault = protects === "in-transit" ? "Not encrypted" : "Not under an accepted key";
  const text = `${fault}: ${protectsNoun(protects)}`;
  return {
    id: protects,
    name: nameOf(protects),
    shortDescription: { text },
    fullDescription: { text: `${text}.` },
    help: { text: helpOf(protects), markdown: markdownOf(protects, text) },
    defaultConfiguration: { level: protects === UNKNOWN ? "note" : "error" },
    properties: { "security-severity": severityOf(protects), tags: ["security", "encryption", "sagemaker"] },
  };
}

/** `KeyForFeatureStoreOnline`: a name as SARIF recommends it, in Pascal case. */
const nameOf = (protects: string): string =>
  `KeyFor${protects.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

function severityOf(protects: string): string {
  if (protects === UNKNOWN) return SEVERITY.unknown;
  return protects === "in-transit" ? SEVERITY.inTransit : SEVERITY.atRest;
}

function helpOf(protects: string): string {
  if (protects === UNKNOWN)
    return "The protected data is unknown: the catalogue does not have the setting, or the file leaves the resource open. See the result.";
  return `${remedyOf(protects)}. The policy requires it by require.${protects} and lists the accepted keys under keys. A note is a setting that the file leaves open: Keyward judges it when the call is made.`;
}

const remedyOf = (protects: string): string =>
  protects === "in-transit"
    ? "Set EnableInterContainerTrafficEncryption to true at the setting that the result names"
    : "Give a KMS key that the policy accepts at the setting that the result names";

function markdownOf(protects: string, title: string): string {
  const skip = `# keyward:skip setting=${protects} reason="…" owner=… expires=2027-03-31`;
  return [
    `**${title}**`,
    helpOf(protects),
    ...(protects === UNKNOWN ? [] : ["In the policy:", fenced("yaml", `require:\n  ${protects}: true`)]),
    "To accept the finding for a time, put this comment on the resource in a YAML file:",
    fenced("yaml", skip),
    "In any template, `Metadata: {keyward: {skip: [{setting, reason, owner, expires}]}}` on the resource is the same. For a Terraform plan, write an exemption with the `address` into the policy.",
  ].join("\n\n");
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
