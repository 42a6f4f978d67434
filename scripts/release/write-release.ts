import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readTemplate } from "../stack.ts";
import { codeOf } from "./code-of.ts";
import { installScript } from "./install-script.ts";
import { packCli } from "./pack-cli.ts";
import { releaseTemplate } from "./release-template.ts";

const COPIED = ["LICENSE", "dist/THIRD-PARTY-NOTICES.txt", "dist/keyward.cdx.json"];
const TERRAFORM = "deploy/terraform";
const INSTALL = "scripts/release/install.sh";
const SUMS = "SHA256SUMS";

export interface Release {
  readonly folder: string;
  /** Relative to the folder, sorted. */
  readonly files: readonly string[];
}

/**
 * Writes the release of what is built and packaged in `root`, a clone. Nothing in it depends on the time, the place or the
 * settings of the machine. An earlier release of the version is replaced.
 */
export function writeRelease(root: string): Release {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const folder = resolve(root, "dist/release", `keyward-${version}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "terraform"), { recursive: true });
  writeStack(root, folder, version);
  writeTemplate(root, folder, version, "keyward-hook.template.json");
  for (const file of COPIED) copyFileSync(join(root, file), join(folder, file.replace(/^.*\//, "")));
  for (const file of readdirSync(join(root, TERRAFORM)).filter((name) => /\.(tf|md)$/.test(name))) {
    copyFileSync(join(root, TERRAFORM, file), join(folder, "terraform", file));
  }
  packCli(root, folder);
  const files = filesIn(folder);
  writeFileSync(join(folder, SUMS), files.map((file) => `${sha256(join(folder, file))}  ${file}\n`).join(""));
  return { folder, files: [...files, SUMS].sort() };
}

/** The template of the stack, the zips and install.sh. */
function writeStack(root: string, folder: string, version: string): void {
  const { plain, codes } = writeTemplate(root, folder, version, "keyward.template.json");
  const script = join(folder, "install.sh");
  writeFileSync(script, installScript(readFileSync(join(root, INSTALL), "utf8"), plain, codes, version));
  chmodSync(script, 0o755);
}

/** A template of dist/, and the zips that it names. */
function writeTemplate(root: string, folder: string, version: string, file: string) {
  const plain = readTemplate(join(root, "dist", file));
  const codes = codeOf(plain, join(root, "dist"));
  for (const { zip } of codes) copyFileSync(join(root, "dist", zip), join(folder, zip));
  writeFileSync(join(folder, file), JSON.stringify(releaseTemplate(plain, codes, version)));
  return { plain, codes };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
