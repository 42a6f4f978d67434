import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BundleFile } from "../../scripts/bundle.ts";
import type { Template } from "../../scripts/plain-template.ts";
import { buildStack, type Packaged, packageStack, readTemplate } from "../../scripts/stack.ts";
import { type Resolved, resolveTemplate } from "./resolve-template.ts";

/** The paths of a packaged stack, and the files of the bundle of enforcement. */
export interface BuiltPackage extends Packaged {
  readonly dir: string;
  readonly files: readonly BundleFile[];
}

export interface TestPackage extends BuiltPackage {
  readonly stack: Template;
  /** The text of osls's state: the service as it read it. */
  readonly state: string;
  /** The stack with the defaults of its parameters. */
  readonly resolved: Resolved;
}

/** Builds and packages the real stack in a temporary folder. Tests of vitest share one: `sharedPackage`. */
export const packaged = async (): Promise<TestPackage> =>
  readPackage(await buildPackageIn(mkdtempSync(join(tmpdir(), "keyward-package-"))));

/** Builds and packages the real stack in an empty folder. */
export async function buildPackageIn(dir: string): Promise<BuiltPackage> {
  copyFileSync("serverless.yml", join(dir, "serverless.yml"));
  mkdirSync(join(dir, "scripts"));
  copyFileSync("scripts/keep-parameters.mjs", join(dir, "scripts/keep-parameters.mjs"));
  const { files } = await buildStack(dir, "policy.yaml");
  return { ...packageStack(dir), dir, files };
}

export function readPackage(built: BuiltPackage): TestPackage {
  const stack = readTemplate(built.template);
  const state = readFileSync(join(built.dir, ".serverless/serverless-state.json"), "utf8");
  return { ...built, stack, state, resolved: resolveTemplate(stack) };
}
