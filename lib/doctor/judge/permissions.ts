import type { Denied, Facts } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle } from "../finding.ts";

/** Each role may do what its function does, as IAM's simulation says. */
export function judgePermissions({ permissions }: Facts): readonly Finding[] {
  const findings = permissions.flatMap(({ role, denied }) =>
    settle(denied, ["role", role], (all) =>
      (["boundary", "organization", "policies"] as const).flatMap((by) => {
        const actions = actionsOf(all.filter((one) => one.by === by));
        return actions.length > 0 ? [problem("permission-denied", { role, by, actions })] : [];
      }),
    ),
  );
  return orElse(findings, ok("permissions-held", { roles: permissions.length }));
}

const actionsOf = (denied: readonly Denied[]): readonly string[] =>
  [...new Set(denied.map(({ action }) => action))].sort();
