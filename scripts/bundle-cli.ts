import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { readPolicy } from "../lib/policy/read-policy.ts";
import { PAGE_FILES } from "../lib/report/assets.ts";

const ROOT = join(import.meta.dirname, "..");

/**
 * Bundles the command line with all its dependencies into `outdir`, split so that each command loads only its own part.
 * Throws esbuild's `BuildFailure`, or an Error if the shipped policy is faulty.
 */
export async function bundleCli(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: {
      main: join(ROOT, "lib/cli/main.ts"),
      // lib/backtest/threads.ts loads it from this path.
      "backtest-worker": join(ROOT, "lib/backtest/worker.ts"),
    },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    mainFields: ["module", "main"],
    // The names of chunks depend on the paths of their files: a linked node_modules must not change them.
    preserveSymlinks: true,
    // Some dependencies call require() for Node's own modules, which an ES module does not have.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    // Only the sources use esbuild, to bundle a thread's code.
    external: ["esbuild"],
    define: { COMPILED_POLICY: compiledPolicy() },
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  mkdirSync(join(outdir, "page"), { recursive: true });
  for (const name of PAGE_FILES) copyFileSync(join(ROOT, "lib/report/page", name), join(outdir, "page", name));
  return metafile;
}

/** The shipped policy for lib/cli/input/policy-from.ts: the file's text, and the parsed policy. */
function compiledPolicy(): string {
  const text = readFileSync(join(ROOT, "policy.yaml"), "utf8");
  const read = readPolicy(text);
  if (!read.ok) throw new Error(`policy.yaml: ${read.problems[0]?.message}`);
  return JSON.stringify({ text, policy: read.policy });
}
