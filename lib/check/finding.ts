import type { SettingIs } from "../core/model/types.ts";
import type { CheckedFile } from "./check-file.ts";
import type { Checked, CheckedSetting } from "./judge-subject.ts";

/** Something about a resource that is wrong, or that the file leaves open. */
export interface Finding extends Omit<CheckedSetting, "is"> {
  readonly is: Extract<SettingIs, "missing" | "rejected" | "undetermined">;
}

export const allChecked = (files: readonly CheckedFile[]): Checked[] =>
  files.flatMap((one) => (one.is === "judged" ? one.checked : []));

/** What was judged: all but what takes no key. */
export const judgedIn = (files: readonly CheckedFile[]): Checked[] =>
  allChecked(files).filter(({ verdict }) => verdict !== "ignored");

export const hasFindings = ({ verdict }: Checked): boolean => verdict === "non-compliant" || verdict === "undetermined";

/** A resource's findings in the order of its settings; one for the whole where only that is open. */
export function findingsOf(checked: Checked): Finding[] {
  if (!hasFindings(checked)) return [];
  const found = checked.settings.filter(isFinding);
  if (found.length > 0) return found;
  const { line, column, because = "it cannot be told" } = checked;
  return [{ path: "", protects: "unknown", is: "undetermined", because, line, column }];
}

const isFinding = (setting: CheckedSetting): setting is Finding & CheckedSetting =>
  setting.is === "missing" || setting.is === "rejected" || setting.is === "undetermined";

/** `volume-key of training-job churn`: what a reader calls the resource, its logical id first. */
export const subjectName = ({ subject, resource }: Checked): string => {
  const kind = resource && resource.kind !== "unknown" ? resource.kind : subject.type;
  return `${kind} ${subject.at.length > 0 ? subject.name : (resource?.name ?? subject.name)}`;
};
