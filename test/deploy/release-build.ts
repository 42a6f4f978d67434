import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** In milliseconds: far more than a slow machine needs. */
const HANGS_AFTER = 600_000;

/** What must not change a release. */
export interface Machine {
  /** Where the copy of the repository is, in a temporary folder. */
  readonly place: string;
  readonly umask: number;
  readonly env: Readonly<Record<string, string>>;
  /** The time of each file of the copy. */
  readonly modified: Date;
}

export interface BuiltRelease {
  readonly folder: string;
  remove(): void;
}

/**
 * Copies the repository as it is, without what git ignores, for each machine, and runs `npm run release` there. All copies
 * are made before the first build, which takes long enough for somebody to change a file.
 */
export const buildReleases = (machines: readonly Machine[]): BuiltRelease[] =>
  machines.map((machine) => ({ machine, ...copyRepository(machine) })).map(build);

interface Copy {
  readonly temporary: string;
  readonly copy: string;
}

function copyRepository({ place, modified }: Machine): Copy {
  const temporary = mkdtempSync(join(tmpdir(), "keyward-release-test-"));
  const copy = join(temporary, place);
  for (const file of repositoryFiles()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
    utimesSync(join(copy, file), modified, modified);
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  return { temporary, copy };
}

function build({ machine: { umask, env }, temporary, copy }: Copy & { readonly machine: Machine }): BuiltRelease {
  // A shell, because a thread of the tests cannot change its umask.
  const command = `umask ${umask.toString(8)} && chmod -R a=,u=rwX,go=${umask === 0o077 ? "" : "rX"} . && npm run --silent release`;
  const run = spawnSync("sh", ["-c", command], {
    cwd: copy,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: HANGS_AFTER,
  });
  if (run.status !== 0) throw new Error(`npm run release failed:\n${run.stdout}${run.stderr}`);
  const [name = ""] = readdirSync(join(copy, "dist/release"));
  return {
    folder: join(copy, "dist/release", name),
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

function repositoryFiles(): string[] {
  const { stdout } = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { encoding: "utf8" });
  // A file that was deleted and not committed is still listed.
  return stdout.split("\0").filter((file) => file !== "" && existsSync(file));
}
