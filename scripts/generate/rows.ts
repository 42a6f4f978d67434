import { readdirSync, readFileSync } from "node:fs";
import { type GeneratedFile, HEAD } from "./file.ts";

const FOLDER = "lib/catalogue/kinds";

/**
 * The lists of all rows. They need only the names of the files, so they can be generated while the catalogue does not
 * load.
 */
export function rowFiles(): GeneratedFile[] {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();
  const listed = names.filter((name) => /^export const listing\b/m.test(readFileSync(`${FOLDER}/${name}.ts`, "utf8")));
  const kinds = names.map((name) => `  ${variable(name)}.kind,\n`).join("");
  const operations = names.map((name) => `  ...${variable(name)}.operations,\n`).join("");
  const listings = listed.map((name) => `  ${variable(name)}.listing,\n`).join("");
  return [
    {
      path: "lib/catalogue/rows.ts",
      text: `${HEAD}${imports(names)}
export const kindRows = [
${kinds}] as const;

export const operationRows = [
${operations}] as const;
`,
    },
    {
      path: "lib/catalogue/listings.ts",
      text: `${HEAD}${imports(listed)}
/**
 * The resources that a sweep lists: those that run or hold data now. A separate file, because only a sweep needs it.
 */
export const listings = [
${listings}] as const;
`,
    },
  ];
}

/** Whole modules, so that a bundle holds only the rows that it uses. */
const imports = (names: readonly string[]): string =>
  names.map((name) => `import * as ${variable(name)} from "./kinds/${name}.ts";\n`).join("");

/** `training-job` → `trainingJob`. */
const variable = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
