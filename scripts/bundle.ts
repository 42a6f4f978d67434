import { rmSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { policyPlugin } from "./policy-plugin.ts";

export interface BundleFile {
  /** `entry` is loaded at start; the others when a client is first needed, or by those. */
  readonly role: "entry" | "lazy" | "shared";
  readonly name: string;
  readonly bytes: number;
}

export interface BundleOptions {
  readonly outdir: string;
  /** The policy that is compiled in. */
  readonly policy: string;
  readonly entry?: string;
}

/** Bundles a handler for Lambda; each AWS client is a file of its own. Throws esbuild's `BuildFailure`. */
export async function bundle({ outdir, policy, entry = "handlers/enforce.ts" }: BundleOptions): Promise<BundleFile[]> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { index: entry },
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // The SDK's ES modules can be shaken; its CommonJS builds, which Node would prefer, come whole.
    mainFields: ["module", "main"],
    // Some dependencies call require() for Node's own modules, which an ES module does not have.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    plugins: [policyPlugin(policy)],
  });
  return Object.entries(metafile.outputs)
    .filter(([path]) => path.endsWith(".mjs"))
    .map(([path, { bytes, entryPoint }]) => ({ role: roleOf(entryPoint, entry), name: basename(path), bytes }))
    .sort((a, b) => b.bytes - a.bytes);
}

const roleOf = (entryPoint: string | undefined, entry: string): BundleFile["role"] =>
  entryPoint === undefined ? "shared" : entryPoint === entry ? "entry" : "lazy";
