/** `npm run layers`: compares the imports with the layers. */
import { circlesIn, importsOf, sourceFiles } from "./imports.ts";
import { type Layer, layers } from "./layers.ts";

const MOST_FILES = 16;

/** The layer that a file belongs to: the one with the longest folder. */
export const layerOf = (file: string): Layer | undefined =>
  layers.filter(({ folder }) => file.startsWith(`${folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0];

const allows = (names: readonly string[], name: string): boolean =>
  names.some((one) =>
    one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name || name.startsWith(`${one}/`),
  );

/** The imports and folders that break the layers, each with its reason. */
export function layerFaults(): string[] {
  const files = [...sourceFiles("lib"), ...sourceFiles("handlers")];
  const imports = importsOf(files);
  const faults = imports.flatMap(({ from, to, isPackage }) => {
    const layer = layerOf(from);
    if (!layer) return [`${from}: its folder has no row in scripts/layers.ts; add a row`];
    if (isPackage) return allows(layer.packages, to) ? [] : [`${from} imports ${to}. ${layer.because}`];
    const target = layerOf(to);
    const fine = !target || target === layer || layer.imports.includes(target.folder);
    return fine ? [] : [`${from} imports ${to}. ${layer.because}`];
  });
  return [...faults, ...circlesIn(imports).map((circle) => `a circle of imports: ${circle}`), ...fullFolders(files)];
}

function fullFolders(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) =>
    count > MOST_FILES && !layerOf(`${folder}/`)?.long
      ? [`${folder} has ${count} files, more than ${MOST_FILES}; split it by purpose`]
      : [],
  );
}

if (process.argv[1]?.endsWith("check-layers.ts")) {
  const faults = layerFaults();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(faults.length === 0 ? "layers: every import points one way\n" : "");
  process.exitCode = faults.length === 0 ? 0 : 1;
}
