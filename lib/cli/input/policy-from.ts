import { existsSync } from "node:fs";
import { readFile } from "../../files/read-file.ts";
import type { PolicyProblem } from "../../policy/read-policy.ts";
import type { Policy } from "../../policy/schema.ts";
import { CliError } from "../terminal/cli-error.ts";
import { complain } from "../terminal/terminal.ts";
import { shipped } from "./shipped.ts";

export const DEFAULT_POLICY = "policy.yaml";

/** The policy file that comes with Keyward. `npm run build` sets it, so that no YAML is parsed for it. */
declare const COMPILED_POLICY: { readonly text: string; readonly policy: Policy } | undefined;

/**
 * The policy of a command: from the given file, else from policy.yaml in the working directory, else the one that comes
 * with Keyward, with a note on standard error. Throws a CliError with the line and the column.
 */
export async function policyFrom(named: string | undefined): Promise<Policy> {
  const file = named ?? defaultFile();
  const compiled = typeof COMPILED_POLICY === "undefined" ? undefined : COMPILED_POLICY;
  if (compiled && isText(file, compiled.text)) return compiled.policy;
  // The YAML parser and the schema take longer to load than everything else.
  const { loadPolicy } = await import("../../policy/read-policy.ts");
  const loaded = await loadPolicy(file);
  if (loaded.ok) return loaded.policy;
  const [first, ...more] = loaded.problems;
  const rest = more.length > 0 ? `; ${more.length} more: keyward policy check ${file}` : "";
  throw new CliError(first ? problemInWords(file, first) + rest : `${file}: not a policy`);
}

/** `file:line:column message`. */
export const problemInWords = (file: string, { line, column, message }: PolicyProblem): string =>
  line === 0 ? `${file}: ${message}` : `${file}:${line}:${column} ${message}`;

function defaultFile(): string {
  if (existsSync(DEFAULT_POLICY)) return DEFAULT_POLICY;
  complain(`there is no ${DEFAULT_POLICY} here; the policy that comes with Keyward is used`);
  return shipped(DEFAULT_POLICY);
}

function isText(file: string, text: string): boolean {
  const content = readFile(file, { maxBytes: Buffer.byteLength(text) });
  return content.is === "read" && content.bytes.toString("utf8") === text;
}
