import type { Policy } from "../../policy/schema.ts";
import { coverageOf } from "../../prevent/coverage.ts";
import { type PublicCoverage, publicCoverage } from "../../prevent/words.ts";
import { type Formats, formatOf } from "../input/common-options.ts";
import { fold } from "../terminal/layout.ts";
import { paint, print } from "../terminal/terminal.ts";
import { groupBy } from "./group-by.ts";
import { today } from "./notes.ts";

/** Prints for each key member of the catalogue whether the documents for a policy prevent its violations. */
export function printCoverage(policy: Policy, json: boolean): void {
  print(COVERAGE[formatOf(json)](coverageOf(policy, today()).map(publicCoverage)));
}

const COVERAGE: Formats<readonly PublicCoverage[]> = { json: (rows) => JSON.stringify(rows), text: toText };

const COLOURS = { yes: "green", partly: "yellow", no: "dim" } as const;

function toText(rows: readonly PublicCoverage[]): string {
  const many = (prevented: PublicCoverage["prevented"]) => rows.filter((row) => row.prevented === prevented).length;
  const byOperation = groupBy(rows, ({ operation }) => operation);
  return [
    ...[...byOperation].flatMap(([operation, members]) => [
      paint("bold", operation),
      ...members.flatMap(({ path, prevented, because }) => [
        `  ${paint(COLOURS[prevented], prevented.padEnd("partly".length))}  ${path}`,
        fold(because, 10, 10),
      ]),
    ]),
    "",
    `${rows.length} key members: ${many("yes")} prevented, ${many("partly")} partly, ${many("no")} only detected.`,
  ].join("\n");
}
