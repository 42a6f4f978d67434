import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Not copied: what is generated, or linked. */
const LEFT_OUT = new Set([".git", "node_modules", "dist", "coverage", ".serverless"]);

/** A copy of a repository, in which a file can be changed. */
export interface Scratch {
  readonly folder: string;
  /** Changes one file while `run` runs, and then restores it. */
  withText<T>(file: string, text: string, run: () => Promise<T>): Promise<T>;
  remove(): void;
}

/** Copies a repository into a temporary folder, with a link to its packages. */
export function createScratch(root: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "keyward-mutants-"));
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(realpathSync(join(root, "node_modules")), join(folder, "node_modules"));
  return {
    folder,
    async withText(file, text, run) {
      const path = join(folder, file);
      const before = readFileSync(path, "utf8");
      writeFileSync(path, text);
      try {
        return await run();
      } finally {
        writeFileSync(path, before);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
