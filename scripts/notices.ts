import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ShippedPackage } from "./shipped.ts";

/** The licences of all packages that are bundled: each package's name, version and licence text. */
export const notices = (packages: readonly ShippedPackage[]): string =>
  `Keyward's functions, command and library contain these packages.\n\n${packages.map(noticeOf).join("\n")}`;

function noticeOf({ name, version, license, folder }: ShippedPackage): string {
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const title = `${name} ${version} (${license})`;
  return `${title}\n${"-".repeat(title.length)}\n\n${texts.join("\n\n") || "The package holds no text of its licence."}\n`;
}
