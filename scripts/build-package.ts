import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { bundleCli } from "./bundle-cli.ts";
import { bundleLibrary } from "./bundle-library.ts";
import type { ShippedBundle } from "./shipped.ts";

export interface PackageSize {
  readonly name: string;
  readonly bytes: number;
  /** The part of these bytes that is loaded with the entry, before a command runs. */
  readonly atStart: number;
}

export interface BuiltPackage {
  readonly sizes: readonly PackageSize[];
  readonly bundles: readonly ShippedBundle[];
}

/** Builds the generated parts of the package under `dir`/dist: the command line and the library. */
export async function buildPackage(dir: string): Promise<BuiltPackage> {
  const cli = await bundleCli(join(dir, "dist/cli"));
  const library = await bundleLibrary(join(dir, "dist/lib"));
  const bundles = [
    { name: "dist/cli", metafile: cli },
    { name: "dist/lib", metafile: library },
  ] as const;
  return { sizes: [sizeOf("dist/cli", cli, "main.mjs"), sizeOf("dist/lib", library, "core.js")], bundles };
}

function sizeOf(name: string, { outputs }: Metafile, entry: string): PackageSize {
  const bytes = Object.values(outputs).reduce((sum, one) => sum + one.bytes, 0);
  const open = Object.keys(outputs).filter((path) => basename(path) === entry);
  for (const path of open) {
    const imports = outputs[path]?.imports ?? [];
    for (const next of imports) {
      if (next.kind === "import-statement" && next.path in outputs && !open.includes(next.path)) open.push(next.path);
    }
  }
  return { name, bytes, atStart: open.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0) };
}
