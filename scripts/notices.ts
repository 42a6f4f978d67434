import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Metafile } from "esbuild";

/** The licences of all packages that are bundled: each package's name, version and licence text. */
export function notices(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((one) => Object.keys(one.inputs)));
  const folders = new Set(inputs.filter((path) => path.includes("node_modules/")).map(packageFolder));
  const texts = [...folders].map(noticeOf).sort();
  return `Keyward's command and library contain these packages.\n\n${texts.join("\n")}`;
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
  const file = join(folder, "package.json");
  if (!existsSync(file)) return false;
  const { name, version } = JSON.parse(readFileSync(file, "utf8"));
  return name !== undefined && version !== undefined;
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0 && license === undefined) throw new Error(`${name}: bundled, but it names no licence`);
  const title = `${name} ${version} (${license})`;
  return `${title}\n${"-".repeat(title.length)}\n\n${texts.join("\n\n") || "The package holds no text of its licence."}\n`;
}
