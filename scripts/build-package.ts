import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { bundleCli } from "./bundle-cli.ts";
import { bundleLibrary } from "./bundle-library.ts";
import { notices } from "./notices.ts";

export interface PackageSize {
  readonly name: string;
  readonly bytes: number;
  /** The part of these bytes that is loaded with the entry, before a command runs. */
  readonly atStart: number;
}

/** Builds the generated parts of the package under `dir`/dist: the command line and the library. */
export async function buildPackage(dir: string): Promise<PackageSize[]> {
  const cli = await bundleCli(join(dir, "dist/cli"));
  const library = await bundleLibrary(join(dir, "dist/lib"));
  writeFileSync(join(dir, "dist/THIRD-PARTY-NOTICES.txt"), notices([cli, library]));
  return [sizeOf("dist/cli", cli, "main.mjs"), sizeOf("dist/lib", library, "core.js")];
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
