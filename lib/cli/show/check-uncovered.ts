import type { Uncovered } from "../../check/model/form.ts";
import type { FileResult } from "../../check/model/result.ts";
import { fold, heading } from "../terminal/layout.ts";
import { safe } from "../terminal/terminal.ts";

/** What each file of defaults leaves to others, by operation; nothing for other files. It fails no check. */
export const showUncovered = (results: readonly FileResult[]): string[] =>
  results.flatMap((result) =>
    result.is === "judged" && result.uncovered && result.uncovered.length > 0
      ? [heading(`Not covered by ${safe(result.file, 60)}`), "", ...operationsOf(result.uncovered), ""]
      : [],
  );

function operationsOf(uncovered: readonly Uncovered[]): string[] {
  const whole = uncovered.filter(({ isWhole }) => isWhole).map(({ operation }) => operation);
  const partly = uncovered.filter(({ isWhole }) => !isWhole);
  return [
    fold(`no key at all: ${whole.join(", ")}`, 2, 6),
    ...partly.map(({ operation, paths }) => fold(`${operation}: no key for ${paths.join(", ")}`, 2, 6)),
    "",
    fold("Version 3 of the SDK reads less of the file than version 2: see keyward defaults sdk-v3 --json.", 2),
  ];
}
