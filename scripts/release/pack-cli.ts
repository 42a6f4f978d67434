import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const EXECUTABLE = 0o755;
const READABLE = 0o644;

/**
 * Packs the package that is built in `root` into `folder`, and returns the file's name. npm gives every file the same
 * time; the copies give them the same modes, whatever the umask of the clone was. Throws with npm's message.
 */
export function packCli(root: string, folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), "keyward-release-"));
  try {
    const [{ files }] = npmPack(root, "--dry-run") as [{ files: readonly { path: string }[] }];
    for (const { path } of files) {
      const target = join(copy, path);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(root, path), target);
      chmodSync(target, path.startsWith("bin/") ? EXECUTABLE : READABLE);
    }
    const [{ filename }] = npmPack(copy, "--pack-destination", folder) as [{ filename: string }];
    return filename;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function npmPack(cwd: string, ...args: readonly string[]): unknown {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["pack", "--json", "--ignore-scripts", ...args], { cwd, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`npm pack failed: ${run.error?.message ?? run.stderr}`);
  return JSON.parse(run.stdout);
}
