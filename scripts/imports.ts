import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** An import of one file by another, or of a package. Paths are relative to the repository, with `/`. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
}

const STATEMENT = /^(?:import|export)\s[^"']*?from\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** The TypeScript files under a folder, without the page's scripts. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
    .sort();
}

/** All imports in the files, of types too. */
export function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((from) =>
    [...readFileSync(from, "utf8").matchAll(STATEMENT)].map((match): Import => {
      const name = match[1] ?? match[2] ?? match[3] ?? "";
      const isPackage = !name.startsWith(".");
      return { from, to: isPackage ? name : relative(".", join(dirname(from), name)).replaceAll("\\", "/"), isPackage };
    }),
  );
}

/** The files that import each other in a circle, each circle once, as `a → b → a`. */
export function circlesIn(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage } of imports) if (!isPackage) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(" → "));
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return circles;
}
