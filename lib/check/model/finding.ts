import { defined } from "../../core/model/defined.ts";
import type { SettingIs } from "../../core/model/types.ts";
import type { CheckedResource, CheckedSetting, FileResult } from "./result.ts";

/** A setting that is missing, rejected or undetermined. */
export interface CheckFinding extends Omit<CheckedSetting, "is"> {
  readonly is: Extract<SettingIs, "missing" | "rejected" | "undetermined">;
}

export const allResources = (results: readonly FileResult[]): CheckedResource[] =>
  results.flatMap((result) => (result.is === "judged" ? result.resources : []));

/** The resources that can have a key. */
export const judgedResources = (results: readonly FileResult[]): CheckedResource[] =>
  allResources(results).filter(({ verdict }) => verdict !== "ignored");

export const hasFindings = (resource: CheckedResource): boolean =>
  resource.verdict === "non-compliant" || resource.verdict === "undetermined" || isSuppressed(resource);

const isSuppressed = ({ suppressed, settings }: CheckedResource): boolean =>
  [suppressed, ...settings.map((setting) => setting.suppressed)].some((one) => one !== undefined);

/**
 * The findings of a resource, in the order of its settings; the suppressed ones too, but none that an exemption of the
 * policy covers. If no setting has one, the resource itself is the finding.
 */
export function findingsOf(resource: CheckedResource): CheckFinding[] {
  if (!hasFindings(resource)) return [];
  const findings = resource.settings.filter(isFinding);
  if (findings.length > 0) return findings;
  const { line, column, reason, suppressed, known } = resource;
  return [
    { path: "", protects: "unknown", is: "undetermined", ...defined({ reason, suppressed, known }), line, column },
  ];
}

export const isFinding = (setting: CheckedSetting): setting is CheckFinding & CheckedSetting =>
  setting.exempt === undefined &&
  (setting.is === "missing" || setting.is === "rejected" || setting.is === "undetermined");

/** True if neither a skip in the file nor the baseline accepts the finding. */
export const isOpen = ({ suppressed, known }: CheckFinding): boolean => suppressed === undefined && known !== true;

/** True if the finding breaks the policy; else, the file leaves it open. */
export const isBreach = ({ is }: CheckFinding): boolean => is !== "undetermined";

/**
 * The kind and the name of a resource: `notebook-instance ScratchNotebook`. In a template, the name is the logical id.
 */
export const resourceTitle = ({ subject, resource }: CheckedResource): string => {
  const kind = resource && resource.kind !== "unknown" ? resource.kind : subject.type;
  const name = subject.at.length > 0 ? subject.name : (resource?.name ?? subject.name);
  return `${kind} ${name}`;
};
