import { isBucket } from "../catalogue/protects.ts";
import { sayUnder } from "../check/formats/circumstances.ts";
import { oneLine } from "../text/one-line.ts";
import { joined, type SafeText, safeText } from "../text/safe-text.ts";
import { quoted } from "../text/untrusted.ts";
import { quotePath } from "../wording/catalogue-path.ts";
import { say } from "../wording/reasons/say.ts";
import type { HookFinding, HookJudgement, Standing } from "./judgement.ts";

/**
 * The characters of a message that CloudFormation and Cloud Control API keep (CloudFormation Hooks User Guide, "Create Lambda
 * functions to evaluate resources for Lambda Hooks", "Response input").
 */
const KEPT = { cloudFormation: 4096, cloudControl: 1024 } as const;

/** The text of the longest ending of a message: "999999 more findings are left out." */
const ENDING = 40;

/** The message about a judgement: how many findings, then each, the worst first, then how many are left out. */
export function messageOf(judgement: HookJudgement, isCloudControl: boolean): SafeText {
  const max = isCloudControl ? KEPT.cloudControl : KEPT.cloudFormation;
  const { findings } = judgement;
  let message = headOf(judgement);
  for (const [i, finding] of findings.entries()) {
    const next = joined([message, safeText`(${i + 1}) ${capped(sentenceOf(finding))}`], " ");
    const isLast = i === findings.length - 1;
    if (next.length > (isLast ? max : max - ENDING)) return joined([message, leftOut(findings.length - i)], " ");
    message = next;
  }
  return message;
}

/** One sentence must not take the place of all others. */
const capped = (sentence: SafeText): SafeText => oneLine(sentence, 600);

const leftOut = (count: number): SafeText =>
  safeText`${count} more ${count === 1 ? "finding is" : "findings are"} left out.`;

function headOf({ resources, findings }: HookJudgement): SafeText {
  const count = (standing: Standing) => findings.filter((finding) => finding.standing === standing).length;
  const violations = count("violation");
  if (findings.length === 0) {
    return resources.length === 0
      ? safeText`Keyward: no resource that takes a KMS key.`
      : safeText`Keyward: ${resources.length} ${resources.length === 1 ? "resource is" : "resources are"} as the policy requires.`;
  }
  if (violations === 0) {
    const notes = findings.length === 1 ? "1 note" : safeText`${findings.length} notes`;
    return safeText`Keyward: no setting fails this operation. ${notes}:`;
  }
  const settings = violations === 1 ? "1 setting is" : safeText`${violations} settings are`;
  return safeText`Keyward: ${settings} not as the policy requires.`;
}

/** One finding: resource, setting, reason, and what to set. */
export const sentenceOf = (found: HookFinding): SafeText => joined([statementOf(found), adviceOf(found)], " ");

/** The resource, the setting and the reason. */
export function statementOf({ resource, finding, standing }: HookFinding): SafeText {
  const { path, is, key, reason, under } = finding;
  const setting = path === "" ? safeText`` : safeText` ${quotePath(path, quoted)}`;
  const named = key === undefined ? safeText`` : safeText` (${quoted(key, 200)})`;
  const because = reason === undefined ? safeText`` : safeText`: ${say(reason, quoted)}`;
  return safeText`${quoted(resource.subject.name, 120)}${setting} is ${is}${sayUnder(under, quoted)}${named}${STANDING[standing]}${because}.`;
}

const STANDING = {
  violation: "",
  conditional: "",
  "by-default": " with the default of a parameter, whose value is not known here",
  unchanged: ", as before this update",
  undetermined: "",
} as const satisfies Record<Standing, string>;

/** What to set. A value that is not known yet needs nothing. */
export function adviceOf({ finding, standing }: HookFinding): SafeText {
  if (standing === "undetermined") return safeText`It is judged again when the call is made.`;
  if (standing === "conditional" || standing === "by-default")
    return safeText`It is judged with its value before the resource is made.`;
  if (finding.protects === "in-transit") return safeText`Set it to true.`;
  if (isBucket(finding)) return safeText`Give the bucket a default KMS key that the policy accepts.`;
  return safeText`Set it to a KMS key that the policy accepts.`;
}
