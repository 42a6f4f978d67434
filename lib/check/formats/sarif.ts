import { isAbsolute, relative, sep } from "node:path";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { protectedByKey, protectsNoun } from "../../catalogue/protects.ts";
import { defined } from "../../core/model/defined.ts";
import { oneLine } from "../../text/one-line.ts";
import { ownText, type SafeText } from "../../text/safe-text.ts";
import { defanged } from "../../text/untrusted.ts";
import { quotePath } from "../../wording/catalogue-path.ts";
import { say } from "../../wording/reasons/say.ts";
import { type CheckFinding, findingsOf, judgedResources, resourceTitle } from "../model/finding.ts";
import type { CheckFormat } from "../model/format.ts";
import type { CheckedResource, FileFault, FileResult } from "../model/result.ts";
import { sayUnder } from "./circumstances.ts";

const UNKNOWN = "unknown";
const RULES = [...protectedByKey, UNKNOWN];

/** SARIF 2.1.0 (OASIS): a rule for each protected thing, and a result for each finding. */
export const sarif: CheckFormat = { description: "SARIF 2.1.0, for code scanning", print: printLog };

function printLog(results: readonly FileResult[]): string {
  const faults = results.flatMap((result) => (result.is === "fault" ? [toNotification(result)] : []));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Keyward", rules: RULES.map(toRule) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: faults.length === 0, toolExecutionNotifications: faults }],
        results: judgedResources(results).flatMap((resource) =>
          findingsOf(resource).map((finding) => toResult(resource, finding)),
        ),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function toRule(protects: string): ReportingDescriptor {
  const fault = protects === "in-transit" ? "Not encrypted" : "Not under an accepted key";
  const text = `${fault}: ${protectsNoun(protects)}`;
  return {
    id: protects,
    shortDescription: { text },
    fullDescription: { text: `${text}.` },
    help: { text: helpOf(protects) },
    defaultConfiguration: { level: "error" },
  };
}

function helpOf(protects: string): string {
  if (protects === UNKNOWN)
    return "The protected data is unknown: the catalogue does not have the setting, or the file leaves the resource open. See the result.";
  const remedy =
    protects === "in-transit"
      ? "Set EnableInterContainerTrafficEncryption to true at the setting that the result names"
      : "Give a KMS key that the policy accepts at the setting that the result names";
  return `${remedy}. The policy requires it by require.${protects} and lists the accepted keys under keys. A note is a setting that the file leaves open: Keyward judges it when the call is made.`;
}

/** A message may hold links, `[text](address)` (SARIF 2.1.0, "Messages with embedded links"): the text of a file makes none. */
const scanned = (text: string, max: number): SafeText => ownText(defanged(text, max).replace(/[[\]]/g, "\\$&"));

function toResult(resource: CheckedResource, finding: CheckFinding): Result {
  const rule = RULES.includes(finding.protects) ? finding.protects : UNKNOWN;
  const { is, path, attribute = path, reason, key, under, line, column } = finding;
  const setting = path === "" ? "" : ` ${quotePath(attribute, scanned, 300)}`;
  const because = reason === undefined ? "" : `: ${oneLine(say(reason, scanned), 400)}`;
  const named = key === undefined ? "" : ` (${scanned(key, 300)})`;
  return {
    ruleId: rule,
    ruleIndex: RULES.indexOf(rule),
    level: is === "undetermined" ? "note" : "error",
    message: {
      text: `${scanned(resourceTitle(resource), 120)}:${setting} ${is}${sayUnder(under, scanned)}${named}${because}`,
    },
    locations: [locationOf(resource.file, line, column)],
  };
}

function toNotification({ file, line, column, message }: FileFault): Notification {
  return { level: "error", message: { text: scanned(message, 1000) }, locations: [locationOf(file, line, column)] };
}

function locationOf(file: string, line?: number, column?: number): Location {
  const region = line === undefined ? undefined : { startLine: line, ...defined({ startColumn: column }) };
  return { physicalLocation: { artifactLocation: artifactOf(file), ...defined({ region }) } };
}

/** The file relative to the working directory, because a pull request's checks run in the repository's root. */
function artifactOf(file: string): { uri: string; uriBaseId?: string } {
  const path = isAbsolute(file) ? file : relative("", file);
  const uri = path.split(sep).map(encodeURIComponent).join("/");
  return isAbsolute(path) ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}
