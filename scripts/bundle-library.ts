import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { build, type Metafile } from "esbuild";
import { policyType } from "./policy-type.ts";

const ROOT = join(import.meta.dirname, "..");
const ENTRIES = ["core", "policy"] as const;

/**
 * Bundles the typed library into `outdir`: a module for each file of lib/library, and their declarations under types/.
 * Throws esbuild's `BuildFailure`, or an Error with the compiler's messages.
 */
export async function bundleLibrary(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const metafile = await bundleModules(outdir);
  writeTypes(join(outdir, "types"));
  return metafile;
}

/** The library without its types. Throws esbuild's `BuildFailure`. */
export async function bundleModules(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(ENTRIES.map((name) => [name, join(ROOT, `lib/library/${name}.ts`)])),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    // The library needs neither Node nor a browser. Only keyward/policy reads files.
    platform: "neutral",
    external: ["node:*"],
    target: "es2023",
    mainFields: ["module", "main"],
    // The names of chunks depend on the paths of their files: a linked node_modules must not change them.
    preserveSymlinks: true,
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  return metafile;
}

const IMPORT = /((?:from |import\()"\.{1,2}\/[^"]+)\.ts"/g;

/**
 * The declarations that the entries import. The policy's type is written out, because its zod schema is not delivered.
 */
function writeTypes(outdir: string): void {
  const all = join(outdir, "all");
  compile(all);
  writeFileSync(join(all, "policy/schema.d.ts"), policyType());
  const files = ENTRIES.map((name) => join(all, `library/${name}.d.ts`));
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const target = join(outdir, relative(all, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replace(IMPORT, '$1.js"'));
    for (const [, from = ""] of text.matchAll(IMPORT)) {
      const next = resolve(dirname(file), `${from.slice(from.indexOf('"') + 1)}.d.ts`);
      if (!files.includes(next)) files.push(next);
    }
  }
  rmSync(all, { recursive: true });
}

function compile(outDir: string): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const project = join(ROOT, "lib/library");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", project, "--outDir", outDir], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the library's types: ${stdout}`);
}
