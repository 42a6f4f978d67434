import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** In milliseconds: far more than a slow machine needs. */
const HANGS_AFTER = 120_000;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Node's arguments that start the command line, from the one bundle that all tests share. */
export const CLI: readonly string[] = [inject("cli")];

/** Runs the command line as a user would, in a process of its own. */
export function keyward(
  args: readonly string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...CLI, ...args], {
    cwd: ROOT,
    input: options.input ?? "",
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    timeout: HANGS_AFTER,
  });
  return { code: status, out: stdout.toString(), err: stderr.toString() };
}

/** Like `keyward`, while this process goes on: for a command that talks to an embedded AWS of the test. */
export const keywardBeside = (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> =>
  new Promise((done) => {
    const options = { cwd: ROOT, env: { ...process.env, NO_COLOR: "1", ...env }, timeout: HANGS_AFTER };
    const child = execFile(process.execPath, [...CLI, ...args], options, (_, out, err) => {
      done({ code: child.exitCode, out, err });
    });
    child.stdin?.end();
  });
