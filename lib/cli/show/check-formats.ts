import type { CheckedFile } from "../../check/check-file.ts";
import { hasFindings, judgedIn } from "../../check/finding.ts";
import { junit } from "../../check/formats/junit.ts";
import { sarif } from "../../check/formats/sarif.ts";
import type { Checked } from "../../check/judge-subject.ts";
import { showChecks } from "./check.ts";

export type Format = keyof typeof FORMATS;

/** How a run can be told, each as one text. */
export const FORMATS = { table: showChecks, json: jsonLines, sarif, junit } as const satisfies Record<
  string,
  (files: readonly CheckedFile[]) => string
>;

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);

function jsonLines(files: readonly CheckedFile[]): string {
  return judgedIn(files)
    .filter(hasFindings)
    .map((checked) => JSON.stringify(asDecision(checked)))
    .join("\n");
}

/** The decision's members, with nothing where only an event could tell, and where in the file it stands. */
function asDecision({ file, line, column, subject, resource, verdict, because, settings }: Checked): object {
  const nobody = { eventID: null, eventName: subject.operation, eventTime: null, account: null, region: null };
  return {
    ...nobody,
    ...{ principal: null, resource, verdict },
    ...(because === undefined ? {} : { because }),
    ...{ settings, actions: [], file, line, column, at: subject.at.join(".") },
  };
}
