import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BundleFile } from "../../scripts/bundle.ts";
import type { Template } from "../../scripts/plain-template.ts";
import { buildStack, type Packaged, packageStack, readTemplate } from "../../scripts/stack.ts";
import { type Resolved, resolveTemplate } from "./resolve-template.ts";

export interface TestPackage extends Packaged {
  readonly dir: string;
  readonly files: readonly BundleFile[];
  readonly stack: Template;
  /** The text of osls's state: the service as it read it. */
  readonly state: string;
  /** The stack with the defaults of its parameters. */
  readonly resolved: Resolved;
}

/** Builds and packages the real stack in a folder of its own, so that test files can do so side by side. */
export async function packaged(): Promise<TestPackage> {
  const dir = mkdtempSync(join(tmpdir(), "keyward-package-"));
  copyFileSync("serverless.yml", join(dir, "serverless.yml"));
  mkdirSync(join(dir, "scripts"));
  copyFileSync("scripts/keep-parameters.mjs", join(dir, "scripts/keep-parameters.mjs"));
  const { files } = await buildStack(dir, "policy.yaml");
  const made = packageStack(dir);
  const stack = readTemplate(made.template);
  const state = readFileSync(join(dir, ".serverless/serverless-state.json"), "utf8");
  return { ...made, dir, files, stack, state, resolved: resolveTemplate(stack) };
}
