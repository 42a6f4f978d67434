import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { TestProject } from "vitest/node";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  interface ProvidedContext {
    /** The bundled command line's file. */
    readonly cli: string;
    /** An empty folder at first: the packaged stack is built there when a test first needs it. */
    readonly package: string;
  }
}

/** In the sources, modules find their files next to themselves. In the bundle they still look next to their source. */
const atItsSource: Plugin = {
  name: "at-its-source",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]lib[\\/].*\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8")
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path))),
    })),
};

/** Bundles the command line once for all tests: a TypeScript loader takes a second at each start. */
export async function setup({ provide }: Pick<TestProject, "provide">): Promise<() => void> {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const outdir = mkdtempSync(join(ROOT, "dist/test-cli-"));
  await build({
    entryPoints: [join(ROOT, "lib/cli/main.ts")],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    // Some dependencies call require() for Node's own modules, which an ES module does not have.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    external: ["bowser", "esbuild"],
    logLevel: "error",
    plugins: [atItsSource],
  });
  provide("cli", join(outdir, "main.mjs"));
  const packages = mkdtempSync(join(tmpdir(), "keyward-package-"));
  provide("package", packages);
  return () => {
    for (const folder of [outdir, packages]) rmSync(folder, { recursive: true, force: true });
  };
}
