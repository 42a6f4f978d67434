import { parseArgs } from "node:util";
import type { Policy } from "../core/policy.ts";
import { CliError, EXIT } from "./cli-error.ts";
import { DEFAULT_POLICY, loadPolicy } from "./policy-file.ts";
import { complain, print } from "./terminal.ts";

export const usage = `Usage: keyward policy check [FILE…] [--json]

Checks policy files (default: ${DEFAULT_POLICY}) and says what each wants. A problem is named with its line; exit code 2.

  --json   one object per file: {file, ok, problems: [{line, column, message}]}`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [verb, ...files] = positionals;
  if (verb !== "check") throw new CliError(`policy ${verb ?? ""} is not known; there is "policy check"`);
  let faulty = false;
  for (const file of files.length > 0 ? files : [DEFAULT_POLICY]) faulty = !(await check(file, values.json)) || faulty;
  return faulty ? EXIT.fault : EXIT.fine;
}

async function check(file: string, json: boolean | undefined): Promise<boolean> {
  const loaded = await load(file);
  const problems = loaded.ok ? [] : loaded.problems;
  if (json) print(JSON.stringify({ file, ok: loaded.ok, problems }));
  else if (loaded.ok) print(`${file}: fine. ${summary(loaded.policy)}`);
  else for (const { line, column, message } of problems) complain(`${file}:${line}:${column} ${message}`);
  return loaded.ok;
}

async function load(file: string): ReturnType<typeof loadPolicy> {
  try {
    return await loadPolicy(file);
  } catch {
    return { ok: false, problems: [{ line: 1, column: 1, message: "cannot be read; check the path" }] };
  }
}

/** The policy of a file, for the commands that judge by one. */
export async function policyFrom(file: string = DEFAULT_POLICY): Promise<Policy> {
  const loaded = await load(file);
  if (loaded.ok) return loaded.policy;
  const [first] = loaded.problems;
  throw new CliError(`${file}:${first?.line}:${first?.column} ${first?.message}`);
}

function summary({ mode, keys, respond, require }: Policy): string {
  const stops = Object.entries(respond).flatMap(([kind, actions]) => (actions?.includes("stop") ? [kind] : []));
  const off = Object.entries(require).flatMap(([protects, on]) => (on ? [] : [protects]));
  return [
    mode === "observe" ? "It only observes." : "It is enforced.",
    `Accepted keys: ${keys.accept}, ${keys.allow.length} more allowed, ${keys.deny.length} denied.`,
    `Stops: ${stops.length > 0 ? stops.join(", ") : "nothing"}.`,
    `Not required: ${off.length > 0 ? off.join(", ") : "nothing"}.`,
  ].join("\n  ");
}
