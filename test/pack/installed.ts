import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** In milliseconds: far more than a slow machine needs. */
const HANGS_AFTER = 300_000;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Installed {
  /** An empty folder outside the repository, where the package is installed. */
  readonly folder: string;
  /** The package's file, as `npm pack` makes it. */
  readonly tarball: string;
  /** The environment without a network for npm. */
  readonly env: Readonly<Record<string, string>>;
  /** The paths of all files in the package. */
  readonly packed: readonly string[];
  run(command: string, args: readonly string[], input?: string, cwd?: string): Ran;
  keyward(args: readonly string[], input?: string): Ran;
  remove(): void;
}

/** Packs Keyward and installs the file as a user would, with an npm that has neither a network nor a cache. */
export function installPackage(): Installed {
  const temporary = mkdtempSync(join(tmpdir(), "keyward-pack-"));
  const folder = join(temporary, "empty");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: temporary, NO_COLOR: "1", npm_config_cache: join(temporary, "cache") };
  const run = (command: string, args: readonly string[], input = "", cwd = folder): Ran => {
    const ran = spawnSync(command, args, { cwd, env, input, encoding: "utf8", timeout: HANGS_AFTER });
    return { code: ran.status, out: ran.stdout, err: ran.stderr };
  };
  const packed = must(run("npm", ["pack", "--json", "--silent", "--pack-destination", temporary], "", ROOT));
  // The build's output comes before npm's answer.
  const [{ filename, files }] = JSON.parse(packed.slice(packed.indexOf("\n[") + 1));
  must(run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(temporary, filename)]));
  return {
    folder,
    tarball: join(temporary, filename),
    env,
    packed: files.map(({ path }: { path: string }) => path),
    run,
    keyward: (args, input) => run(join(folder, "node_modules/.bin/keyward"), args, input),
    remove: () => rmSync(temporary, { recursive: true }),
  };
}

function must({ code, out, err }: Ran): string {
  if (code !== 0) throw new Error(`exit code ${code}: ${err}${out}`);
  return out;
}
