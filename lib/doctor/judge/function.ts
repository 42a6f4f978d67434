import type { Facts, LambdaFunction } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle } from "../finding.ts";

/** The event source mapping delivers, and the functions can run. */
export function judgeFunctions({ mapping, functions }: Facts): readonly Finding[] {
  const findings = [
    ...settle(mapping, ["event source mapping", "of the queue"], ({ id, state, lastResult }) => {
      // Enabling and Updating pass by themselves.
      if (/^(Disabl|Delet)/.test(state)) return [problem("mapping-state", { mapping: id, state })];
      return lastResult.startsWith("PROBLEM") ? [problem("mapping-fails", { mapping: id, result: lastResult })] : [];
    }),
    ...functions.flatMap(judgeFunction),
  ];
  return orElse(findings, ok("function-runs", {}));
}

function judgeFunction({ name, status, reserved }: LambdaFunction): readonly Finding[] {
  const findings = settle(status, ["function", name], ({ state, lastUpdate, because }) => [
    // An idle function becomes Inactive, and starts with its next event (Lambda Developer Guide, "Function states").
    ...(state === "Active" || state === "Inactive"
      ? []
      : [problem("function-state", { function: name, state, because })]),
    ...(lastUpdate === "Failed" ? [problem("function-update", { function: name, status: lastUpdate, because })] : []),
  ]);
  if (status.is === "absent") return findings;
  const blocked = settle(reserved, ["function", name], (value) =>
    value === 0 ? [problem("function-blocked", { function: name })] : [],
  );
  return [...findings, ...blocked];
}
