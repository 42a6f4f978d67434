import type { Template } from "../plain-template.ts";
import type { FunctionCode } from "./code-of.ts";

/**
 * The plain template of one version: its description names the version, and the keys of its zips are the defaults, so that
 * the console and a StackSet need none. A default counts only for a new stack: an upgrade names the keys.
 */
export function releaseTemplate(plain: Template, codes: readonly FunctionCode[], version: string): Template {
  const Parameters = { ...plain.Parameters };
  for (const { parameter, key } of codes) Parameters[parameter] = { ...Parameters[parameter], Default: key };
  return { ...plain, Description: `${plain.Description} (version ${version})`, Parameters };
}
