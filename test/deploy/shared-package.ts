import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inject } from "vitest";
import { buildPackageIn, readPackage, type TestPackage } from "./packaged.ts";

/** In milliseconds. */
const POLL = 100;

/**
 * The packaged stack, built once for all tests of a run: by the first that asks for it, while the others wait. It belongs
 * to all of them: a test that writes into its folder needs a copy.
 */
export async function sharedPackage(): Promise<TestPackage> {
  const folder = inject("package");
  const built = join(folder, "built.json");
  const failed = join(folder, "failed");
  if (isFirst(join(folder, "stack"))) await build(folder, built, failed);
  while (!existsSync(built)) {
    if (existsSync(failed)) throw new Error(readFileSync(failed, "utf8"));
    await wait(POLL);
  }
  return readPackage(JSON.parse(readFileSync(built, "utf8")));
}

async function build(folder: string, built: string, failed: string): Promise<void> {
  try {
    const made = await buildPackageIn(join(folder, "stack"));
    // A file that is there is complete: it gets its name last.
    writeFileSync(`${built}.part`, JSON.stringify(made));
    renameSync(`${built}.part`, built);
  } catch (error) {
    writeFileSync(failed, `the stack cannot be packaged: ${error instanceof Error ? error.stack : error}`);
  }
}

/** Only one of the tests that run side by side can make the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
