import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Metafile } from "esbuild";

/** A bundle that is shipped, and esbuild's report of the files in it. */
export interface ShippedBundle {
  readonly name: "dist/cli" | "dist/daily" | "dist/enforce" | "dist/hook" | "dist/lib" | "dist/sweep";
  readonly metafile: Metafile;
}

/** A package whose code is in at least one bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As package.json writes it; `undefined` if it names none. */
  readonly license: string | undefined;
  readonly folder: string;
  /** The bundles that contain it. */
  readonly bundles: readonly ShippedBundle["name"][];
}

/**
 * The packages whose code is in the bundles, sorted by name and version. Notices, SBOM and list of licences follow from
 * them. Throws if a bundled file belongs to no package.
 */
export function shippedPackages(bundles: readonly ShippedBundle[]): ShippedPackage[] {
  const found = new Map<string, Set<ShippedBundle["name"]>>();
  for (const { name, metafile } of bundles) {
    for (const folder of packageFolders(metafile)) found.set(folder, (found.get(folder) ?? new Set()).add(name));
  }
  const packages = [...found].map(([folder, names]) => {
    const { name, version, license } = manifest(folder);
    return { name, version, license, folder, bundles: [...names].sort() };
  });
  return packages.sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

function packageFolders({ outputs }: Metafile): Set<string> {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return new Set(files.filter((file) => file.includes("node_modules/")).map(packageFolder));
}

/** The folder of the package that a file belongs to: the nearest whose package.json has a name and a version. */
function packageFolder(file: string): string {
  let folder = dirname(file);
  while (!isPackage(folder)) {
    if (dirname(folder) === folder) throw new Error(`${file}: bundled, but it belongs to no package`);
    folder = dirname(folder);
  }
  return folder;
}

function isPackage(folder: string): boolean {
  if (!existsSync(join(folder, "package.json"))) return false;
  const { name, version } = manifest(folder);
  return name !== undefined && version !== undefined;
}

const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
