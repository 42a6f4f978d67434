import { isAbsolute, relative, sep } from "node:path";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { protectedByKey, protectsNoun } from "../../catalogue/protects.ts";
import { safe } from "../../cli/terminal/terminal.ts";
import type { CheckedFile } from "../check-file.ts";
import { type Finding, findingsOf, judgedIn, subjectName } from "../finding.ts";
import type { Checked } from "../judge-subject.ts";

const UNKNOWN = "unknown";
const RULES = [...protectedByKey, UNKNOWN];

/** A run as SARIF 2.1.0 (OASIS): a rule for each thing that a key protects, a result for each finding. */
export function sarif(files: readonly CheckedFile[]): string {
  const faults = files.flatMap((one) => (one.is === "fault" ? [toNotification(one)] : []));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Keyward", rules: RULES.map(toRule) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: faults.length === 0, toolExecutionNotifications: faults }],
        results: judgedIn(files).flatMap((checked) => findingsOf(checked).map((finding) => toResult(checked, finding))),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function toRule(protects: string): ReportingDescriptor {
  const what = protectsNoun(protects);
  const wrong = protects === "in-transit" ? "Not encrypted" : "Not under an accepted key";
  const text = `${wrong}: ${what}`;
  return {
    id: protects,
    shortDescription: { text },
    fullDescription: { text: `${text}.` },
    help: { text: helpOf(protects) },
    defaultConfiguration: { level: "error" },
  };
}

function helpOf(protects: string): string {
  if (protects === UNKNOWN) return "What it protects is unknown to the catalogue or open in the file; see the result.";
  const remedy =
    protects === "in-transit"
      ? "Switch EnableInterContainerTrafficEncryption on where the result says"
      : "Name a KMS key that the policy accepts where the result says";
  return `${remedy}. The policy demands it by require.${protects}, and says under keys which keys it accepts. A note is a setting that the file leaves open: it is judged once the call is made.`;
}

function toResult(checked: Checked, finding: Finding): Result {
  const rule = RULES.includes(finding.protects) ? finding.protects : UNKNOWN;
  const { is, path, because, key, line, column } = finding;
  const setting = path === "" ? "" : ` ${safe(path, 300)}`;
  const why = because === undefined ? "" : `: ${safe(because, 300)}`;
  const named = key === undefined ? "" : ` (${safe(key, 300)})`;
  return {
    ruleId: rule,
    ruleIndex: RULES.indexOf(rule),
    level: is === "undetermined" ? "note" : "error",
    message: { text: `${safe(subjectName(checked), 120)}:${setting} ${is}${named}${why}` },
    locations: [locationOf(checked.file, line, column)],
  };
}

function toNotification({ file, line, column, message }: Extract<CheckedFile, { is: "fault" }>): Notification {
  return { level: "error", message: { text: safe(message, 1000) }, locations: [locationOf(file, line, column)] };
}

function locationOf(file: string, line?: number, column?: number): Location {
  const region = line === undefined ? {} : { region: { startLine: line, ...(column ? { startColumn: column } : {}) } };
  return { physicalLocation: { artifactLocation: artifactOf(file), ...region } };
}

/** Relative to where the run began, which is a repository's root in a pull request. */
function artifactOf(file: string): { uri: string; uriBaseId?: string } {
  const path = isAbsolute(file) ? file : relative("", file);
  const uri = path.split(sep).map(encodeURIComponent).join("/");
  return isAbsolute(path) ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}
