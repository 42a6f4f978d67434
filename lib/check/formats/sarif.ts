import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import type { Location, Log, Notification, Result } from "sarif";
import { defined } from "../../core/model/defined.ts";
import { oneLine } from "../../text/one-line.ts";
import { ownText, type SafeText } from "../../text/safe-text.ts";
import { defanged } from "../../text/untrusted.ts";
import { quotePath } from "../../wording/catalogue-path.ts";
import { say } from "../../wording/reasons/say.ts";
import { type CheckFinding, findingsOf, isBreach, judgedResources, resourceTitle } from "../model/finding.ts";
import type { CheckFormat } from "../model/format.ts";
import type { CheckedResource, FileFault, FileResult } from "../model/result.ts";
import { sayUnder } from "./circumstances.ts";
import { ruleIds, ruleOf, toRule } from "./sarif-rules.ts";
import { sayStanding, saySuppression } from "./standing.ts";

/** SARIF 2.1.0 (OASIS): a rule for each protected thing, and a result for each finding. */
export const sarif: CheckFormat = { description: "SARIF 2.1.0, for code scanning", print: printLog };

function printLog(results: readonly FileResult[]): string {
  const faults = results.flatMap((result) => (result.is === "fault" ? [toNotification(result)] : []));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Keyward", rules: ruleIds.map(toRule) } },
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

/** A message may hold links, `[text](address)` (SARIF 2.1.0, "Messages with embedded links"): the text of a file makes none. */
const scanned = (text: string, max: number): SafeText => ownText(defanged(text, max).replace(/[[\]]/g, "\\$&"));

function toResult(resource: CheckedResource, finding: CheckFinding): Result {
  const rule = ruleOf(finding.protects);
  const { known, line, column } = finding;
  return {
    ruleId: rule,
    ruleIndex: ruleIds.indexOf(rule),
    level: isBreach(finding) ? "error" : "note",
    message: { text: messageOf(resource, finding) },
    locations: [locationOf(resource.file, line, column)],
    partialFingerprints: { "keyward/v1": fingerprintOf(resource, finding) },
    suppressions: suppressionsOf(finding),
    ...defined({ baselineState: known === undefined ? undefined : known ? ("unchanged" as const) : ("new" as const) }),
  };
}

function messageOf(resource: CheckedResource, finding: CheckFinding): string {
  const { is, path, attribute = path, reason, key, under, suppressed: _, ...rest } = finding;
  const setting = path === "" ? "" : ` ${quotePath(attribute, scanned, 300)}`;
  const because = reason === undefined ? "" : `: ${oneLine(say(reason, scanned), 400)}`;
  const named = key === undefined ? "" : ` (${scanned(key, 300)})`;
  const standing = sayStanding({ ...rest, is, path }, scanned);
  return `${scanned(resourceTitle(resource), 120)}:${setting} ${is}${sayUnder(under, scanned)}${named}${because}${standing}`;
}

/** If one result has suppressions, every result has the member (SARIF 2.1.0, "suppressions property"). */
const suppressionsOf = ({ suppressed }: CheckFinding): NonNullable<Result["suppressions"]> =>
  suppressed ? [{ kind: "inSource", status: "accepted", justification: saySuppression(suppressed, scanned) }] : [];

/** The same for the same finding in each run, whatever its line is and from wherever the file was named. */
function fingerprintOf({ file, subject }: CheckedResource, { path, protects, is }: CheckFinding): string {
  const name = relative("", file).split(sep).join("/");
  return createHash("sha256")
    .update(JSON.stringify([name, subject.place, path, protects, is]))
    .digest("hex");
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
