import { readFileSync } from "node:fs";
import { groupArrows, groupOf, innerArrows, shortest } from "../draw-layers.ts";
import { type Layer, layers } from "../layers.ts";
import type { GeneratedFile } from "./file.ts";

const PATH = "docs/architecture.md";
const START = "<!-- Written by `npm run generate` from scripts/layers.ts. Do not edit. -->\n";
const END = "<!-- End of the generated part. -->\n";

/** The page on the architecture: scripts/layers.ts gives its diagrams and its table of folders. */
export const architectureFile = (): GeneratedFile => ({ path: PATH, text: architecture(readFileSync(PATH, "utf8")) });

/** The page with an up-to-date generated part. Throws if the page lacks one of the two lines that enclose that part. */
export function architecture(text: string): string {
  const from = text.indexOf(START);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${PATH} lacks the line ${(from < 0 ? START : END).trim()}: put it back`);
  return text.slice(0, from + START.length) + drawn() + text.slice(to);
}

const drawn = (): string => `
### Between the folders

${diagram(shortest(groupArrows()))}
${[...new Set(innerArrows().map(({ from }) => groupOf(from)))].map(innerSection).join("\n")}
### Each folder

${table()}
`;

const innerSection = (group: string): string => `### Within \`${group}\`

${diagram(shortest(innerArrows().filter(({ from }) => groupOf(from) === group)))}`;

function diagram(arrows: readonly { from: string; to: string }[]): string {
  const lines = arrows.map(({ from, to }) => `  ${node(from)} --> ${node(to)}\n`).join("");
  return `\`\`\`mermaid\nflowchart TD\n${lines}\`\`\`\n`;
}

/** A node whose id has no `/`, because mermaid does not accept it. */
const node = (folder: string): string => `${folder.replaceAll("/", "_")}["${folder}"]`;

const table = (): string => `| folder | purpose | imports | reason for the limit |
|---|---|---|---|
${layers.map(row).join("\n")}`;

const row = ({ folder, purpose, imports, because }: Layer): string =>
  `| \`${folder}\` | ${purpose} | ${named(imports).join(" ") || "–"} | ${because} |`;

/** The folders, with `lib/core/*` in place of all folders of `lib/core`. */
function named(folders: readonly string[]): string[] {
  const whole = ["lib/core"].filter((group) =>
    layers.every(({ folder }) => groupOf(folder) !== group || folders.includes(folder)),
  );
  const others = folders.filter((folder) => !whole.includes(groupOf(folder)));
  return [...others, ...whole.map((group) => `${group}/*`)].map((one) => `\`${one}\``);
}
