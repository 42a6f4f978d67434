import { isMode, type Mode, weakestOf } from "../../policy/mode.ts";
import type { Facts, InForce } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle, warning } from "../finding.ts";

/** Which mode and policy are in force, and whether the functions can read them. */
export function judgeMode({ control, parameters, ledger }: Facts): readonly Finding[] {
  return settle(control, ["control object in bucket", ledger.bucket], (inForce) => {
    const { fault, policyFault, policy, control: object } = inForce;
    const version = object?.policyVersion ?? "";
    if (fault) return [problem("control-unusable", { bucket: ledger.bucket, reason: fault })];
    if (policyFault) return [problem("policy-unusable", { version, reason: policyFault })];
    const findings = policy ? settle(policy, ["policy", version], () => []) : [];
    return orElse(findings, modeFinding(inForce, parameters.Mode));
  });
}

/** The switch overrides the parameter, and the policy's own mode can only weaken it. */
function modeFinding({ control, policy }: InForce, given: string | undefined): Finding {
  const parameter: Mode = isMode(given) ? given : "observe";
  const chosen = control?.mode ?? parameter;
  const own = policy?.is === "known" ? policy.value.mode : chosen;
  const mode = weakestOf(chosen, own);
  const by = mode !== chosen ? "policy" : control?.mode === undefined ? "parameter" : "switch";
  if (mode === "off") return warning("switched-off", { by });
  return ok("mode-in-force", { mode, by, policy: control?.policyVersion });
}
