import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { listings } from "../lib/catalogue/listings.ts";
import type { Permission } from "../lib/catalogue/permissions.ts";
import { callPattern, notebookPattern, profilerPattern } from "../lib/catalogue/rule.ts";
import { type BundleFile, bundle } from "./bundle.ts";
import { dashboardBody } from "./dashboard.ts";
import { actPermissions, lookUpPermissions, parentPermissions } from "./permissions.ts";
import { plainTemplate, type Template } from "./plain-template.ts";
import type { ShippedBundle } from "./shipped.ts";
import { noteSkipped } from "./skipped.ts";

export interface Packaged {
  /** The template that `osls deploy` uploads. */
  readonly template: string;
  /** The same stack for CloudFormation alone, with the bundles' bucket and keys as parameters. */
  readonly plain: string;
  readonly zip: string;
  readonly sweepZip: string;
  readonly dailyZip: string;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const ARN = "arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:";

export interface BuiltStack {
  /** The files of the bundle of enforcement. */
  readonly files: readonly BundleFile[];
  readonly bundles: readonly ShippedBundle[];
}

/** Builds the files that `serverless.yml` refers to, under `dir`/dist: the bundles, and the data from the catalogue. */
export async function buildStack(dir: string, policy: string): Promise<BuiltStack> {
  const build = (handler: "enforce" | "sweep" | "daily") => {
    const outdir = join(dir, "dist", handler);
    rmSync(outdir, { recursive: true, force: true });
    return bundle({ outdir, handler, policy });
  };
  const enforce = await build("enforce");
  const sweep = await build("sweep");
  const daily = await build("daily");
  writeFileSync(join(dir, "dist/derived.json"), JSON.stringify(derived(), null, 2));
  const bundles = [
    { name: "dist/enforce", metafile: enforce.metafile },
    { name: "dist/sweep", metafile: sweep.metafile },
    { name: "dist/daily", metafile: daily.metafile },
  ] as const;
  return { files: enforce.files, bundles };
}

function derived() {
  const lists = [...new Set(listings.map(({ list }) => `sagemaker:${list}`))].sort();
  const look = lookUpPermissions().map(statementOf);
  const [parents] = parentPermissions().map(statementOf);
  const act = actPermissions().map(statementOf);
  return { callPattern, profilerPattern, notebookPattern, lists, look, parents, act, dashboard: dashboardBody() };
}

/** The beginning of the ARNs stands once in each statement, which makes the template 6 kB smaller. */
const statementOf = ({ actions, resources }: Permission) => ({
  Effect: "Allow",
  Action: actions,
  Resource: {
    "Fn::Split": [
      " ",
      { "Fn::Sub": [resources.map((resource) => `\${A}${resource}`).join(" "), { A: { "Fn::Sub": ARN } }] },
    ],
  },
});

/** Packages the stack built in `dir`, which has `serverless.yml`; needs neither credentials nor network. */
export function packageStack(dir: string): Packaged {
  runOsls(dir, ["package"]);
  const template = join(dir, ".serverless/cloudformation-template-update-stack.json");
  const plain = join(dir, "dist/keyward.template.json");
  const zip = join(dir, "dist/enforce.zip");
  const sweepZip = join(dir, "dist/sweep.zip");
  const dailyZip = join(dir, "dist/daily.zip");
  copyFileSync(join(dir, ".serverless/enforce.zip"), zip);
  copyFileSync(join(dir, ".serverless/sweep.zip"), sweepZip);
  copyFileSync(join(dir, ".serverless/daily.zip"), dailyZip);
  // Without spaces: CloudFormation takes 51,200 bytes at most, unless the template is in a bucket.
  writeFileSync(plain, JSON.stringify(plainTemplate(readTemplate(template))));
  return { template, plain, zip, sweepZip, dailyZip };
}

/** Runs osls in a folder. Throws with its output if it fails. */
export function runOsls(cwd: string, args: readonly string[]): void {
  const osls = createRequire(import.meta.url).resolve("osls/bin/serverless.js");
  const quiet = { SLS_TELEMETRY_DISABLED: "1", SLS_NOTIFICATIONS_MODE: "off", SLS_WARNING_DISABLE: "*" };
  const env = { ...process.env, ...quiet };
  const run = spawnSync(process.execPath, [osls, ...args], { cwd, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`osls ${args[0]} failed:\n${run.stdout}${run.stderr}`);
}

export const readTemplate = (path: string): Template => JSON.parse(readFileSync(path, "utf8")) as Template;

/**
 * The findings of cfn-lint in templates, "" if there are none. `undefined`, with a note, if cfn-lint is not on the
 * PATH.
 */
export function lint(...templates: string[]): string | undefined {
  const run = spawnSync("cfn-lint", ["--", ...templates], { encoding: "utf8" });
  if (run.error) {
    noteSkipped("cfn-lint of the templates", "cfn-lint is not on the PATH");
    return undefined;
  }
  return run.status === 0 ? "" : `${run.stdout}${run.stderr}`;
}
