import { basename, join, resolve } from "node:path";
import { build, type Metafile } from "esbuild";
import { lambdaCredentialsPlugin } from "./lambda-credentials-plugin.ts";
import { policyPlugin } from "./policy-plugin.ts";

export interface BundleFile {
  /** `entry` is loaded at the start, `lazy` when a client is first needed, `shared` with the first lazy file. */
  readonly role: "entry" | "lazy" | "shared";
  readonly name: string;
  readonly bytes: number;
}

export interface Bundled {
  readonly files: readonly BundleFile[];
  readonly metafile: Metafile;
}

export interface BundleOptions {
  readonly outdir: string;
  /** The handler, by its file's name under handlers/. */
  readonly handler: "enforce" | "sweep" | "daily" | "hook";
  /** The policy file that is compiled in. */
  readonly policy: string;
}

/** Bundles a handler for Lambda, each AWS client in a file of its own. Throws esbuild's `BuildFailure`. */
export async function bundle({ outdir, handler, policy }: BundleOptions): Promise<Bundled> {
  const entry = join(import.meta.dirname, `../handlers/${handler}.ts`);
  const { metafile } = await build({
    entryPoints: { index: entry },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // esbuild can remove unused code from the SDK's ES modules, but not from its CommonJS builds, which Node prefers.
    mainFields: ["module", "main"],
    // The names of chunks depend on the paths of their files: a linked node_modules must not change them.
    preserveSymlinks: true,
    // Some dependencies call require() for Node's own modules, which an ES module does not have.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    // It reads a browser's name. Only removed code imports it.
    external: ["bowser"],
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    plugins: [policyPlugin(policy), lambdaCredentialsPlugin],
  });
  const files = Object.entries(metafile.outputs)
    .filter(([path]) => path.endsWith(".mjs"))
    .map(([path, { bytes, entryPoint }]) => ({ role: roleOf(entryPoint, entry), name: basename(path), bytes }))
    .sort((a, b) => b.bytes - a.bytes);
  return { files, metafile };
}

function roleOf(entryPoint: string | undefined, entry: string): BundleFile["role"] {
  if (entryPoint === undefined) return "shared";
  return resolve(entryPoint) === resolve(entry) ? "entry" : "lazy";
}
