import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a user would, in a process of its own. */
export function keyward(
  args: readonly string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "lib/cli/main.ts", ...args], {
    cwd: ROOT,
    input: options.input ?? "",
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    timeout: 20_000,
  });
  return { code: status, out: stdout.toString(), err: stderr.toString() };
}
