import type { Control } from "../../control/control-object.ts";
import { paint, safe } from "../terminal/terminal.ts";

/** One line for what was in force since a time: the mode, the policy, who, when and why. */
export function controlInWords({ mode, policyVersion, by, at, because, revision }: Control): string {
  const head = [
    revision === undefined ? "by hand" : `#${revision}`,
    safe(at ?? "at an unknown time", 30),
    `mode ${mode ?? "of the stack's parameter"}`,
    `policy ${policyVersion ?? "built in"}`,
  ].join("  ");
  return `${paint("bold", head)}\n  ${safe(because ?? "no reason given", 500)} (${safe(by ?? "unknown", 300)})`;
}
