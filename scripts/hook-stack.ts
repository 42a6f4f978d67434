import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "./bundle.ts";
import { plainTemplate } from "./plain-template.ts";
import type { ShippedBundle } from "./shipped.ts";
import { readTemplate, runOsls } from "./stack.ts";

const CONFIG = "serverless.hook.yml";
const PLUGIN = "scripts/keep-parameters.mjs";
const BUNDLE = "dist/hook";

export interface PackagedHook {
  /** The template that `osls deploy --config serverless.hook.yml` uploads. */
  readonly template: string;
  /** The same stack for CloudFormation alone, with the bundle's bucket and key as parameters. */
  readonly plain: string;
  readonly zip: string;
}

/** Builds the function of the CloudFormation hook under `dir`/dist, with the policy compiled in. */
export async function buildHook(dir: string, policy: string): Promise<ShippedBundle & { readonly bytes: number }> {
  const outdir = join(dir, BUNDLE);
  rmSync(outdir, { recursive: true, force: true });
  const { files, metafile } = await bundle({ outdir, handler: "hook", policy });
  return { name: BUNDLE, metafile, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Packages the hook that is built in `dir`, which has serverless.hook.yml, into `dir`/dist; needs neither credentials nor
 * network. It works in a folder of its own, because osls has one folder for the artifacts of a service.
 */
export function packageHook(dir: string): PackagedHook {
  const service = join(dir, "dist/hook-service");
  rmSync(service, { recursive: true, force: true });
  const modules = readdirSync(join(dir, BUNDLE)).filter((file) => file.endsWith(".mjs"));
  for (const file of [CONFIG, PLUGIN, ...modules.map((name) => join(BUNDLE, name))]) {
    mkdirSync(dirname(join(service, file)), { recursive: true });
    copyFileSync(join(dir, file), join(service, file));
  }
  runOsls(service, ["package", "--config", CONFIG]);
  const template = join(service, ".serverless/cloudformation-template-update-stack.json");
  const plain = join(dir, "dist/keyward-hook.template.json");
  const zip = join(dir, "dist/hook.zip");
  copyFileSync(join(service, ".serverless/hook.zip"), zip);
  writeFileSync(plain, JSON.stringify(plainTemplate(readTemplate(template))));
  return { template, plain, zip };
}
