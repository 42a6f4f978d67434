import type { CheckFinding } from "../check/model/finding.ts";
import { findingsOf, judgedResources } from "../check/model/finding.ts";
import type { CheckedResource } from "../check/model/result.ts";
import type { SafeText } from "../text/safe-text.ts";

/** Why a finding counts, the worst first. Only a violation fails the operation. */
export const standings = ["violation", "conditional", "by-default", "unchanged", "undetermined"] as const;

export type Standing = (typeof standings)[number];

/** One finding of `keyward check`, and whether it fails the operation. */
export interface HookFinding {
  readonly resource: CheckedResource;
  readonly finding: CheckFinding;
  readonly standing: Standing;
}

/** What the judge says of an operation. */
export interface HookJudgement {
  readonly is: "judged";
  /** The resources that can have a key, with the verdicts of `keyward check`. */
  readonly resources: readonly CheckedResource[];
  /** The worst first. */
  readonly findings: readonly HookFinding[];
}

/** The operation cannot be judged. */
export interface HookFault {
  readonly is: "fault";
  /** The reason, without a capital and a full stop. */
  readonly message: SafeText;
}

/** What the operation is answered for. */
export type HookResult = HookJudgement | HookFault | { readonly is: "deletion" };

export const faultOf = (message: SafeText): HookFault => ({ is: "fault", message });

type StandingOf = (resource: CheckedResource, finding: CheckFinding) => "violation" | "by-default" | "unchanged";

/**
 * Collects the findings of resources. `standingOf` decides about a violation that certainly holds. Whatever depends on
 * something that a hook does not know (a condition of the template, the caller whom an exemption names) fails nothing.
 */
export function judgementOf(
  checked: readonly CheckedResource[],
  standingOf: StandingOf = () => "violation",
): HookJudgement {
  const resources = judgedResources([{ is: "judged", file: "", resources: checked }]);
  const findings = resources.flatMap((resource) =>
    findingsOf(resource).flatMap((finding): HookFinding[] => {
      if (finding.exempt !== undefined) return [];
      if (finding.is === "undetermined" || finding.mayBeExempt !== undefined || resource.verdict === "undetermined")
        return [{ resource, finding, standing: "undetermined" }];
      const isConditional = finding.under !== undefined && finding.under.length > 0;
      return [{ resource, finding, standing: isConditional ? "conditional" : standingOf(resource, finding) }];
    }),
  );
  return { is: "judged", resources, findings: findings.sort((a, b) => rank(a) - rank(b)) };
}

/** A wrong key before no key: somebody has chosen it. The sort is stable, so resources keep the template's order. */
const rank = ({ standing, finding }: HookFinding): number =>
  standings.indexOf(standing) * 2 + (finding.is === "rejected" ? 0 : 1);
