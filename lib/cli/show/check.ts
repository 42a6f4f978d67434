import type { CheckedFile } from "../../check/check-file.ts";
import { allChecked, type Finding, findingsOf, judgedIn, subjectName } from "../../check/finding.ts";
import type { Checked } from "../../check/judge-subject.ts";
import type { Verdict } from "../../core/model/types.ts";
import { fold, heading } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";
import { LOOK } from "./decision.ts";

const COLOUR = { "non-compliant": "red", undetermined: "yellow" } as const;

/** Every resource with its findings and where they stand, and the whole in numbers. */
export function showChecks(files: readonly CheckedFile[]): string {
  const shown = judgedIn(files).map((checked) => `${showChecked(checked)}\n`);
  return [...shown, heading("In short"), "", summaryOf(files)].join("\n");
}

function showChecked(checked: Checked): string {
  const { file, line, column, subject, verdict } = checked;
  const colour = verdict === "non-compliant" || verdict === "undetermined" ? COLOUR[verdict] : "green";
  const head = `${paint(colour, verdict.toUpperCase())}  ${paint("bold", safe(subjectName(checked), 120))}`;
  const place = `${safe(file, 400)}:${line}:${column}`;
  const findings = findingsOf(checked);
  if (findings.length === 0) return `${head}  ${paint("dim", place)}`;
  return [
    head,
    paint("dim", fold(`${place}  ${safe(subject.type, 100)}`, 2, 4)),
    ...inGroups(findings).map((group) => showGroup(group, file)),
  ].join("\n");
}

/** Findings with the same verdict, key and reason are told together. */
function inGroups(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const alike = JSON.stringify([finding.is, finding.key, finding.because]);
    groups.set(alike, [...(groups.get(alike) ?? []), finding]);
  }
  return [...groups.values()];
}

function showGroup(group: readonly Finding[], file: string): string {
  const [first] = group;
  if (!first) return "";
  const { is, key, because } = first;
  const { mark, colour } = LOOK[is];
  const title = fold(`${mark} ${is}${because === undefined ? "" : `: ${safe(because, 300)}`}`, 2, 6);
  const places = group.map(({ path, protects, line, column }) =>
    fold(`${safe(file, 400)}:${line}:${column}  ${path === "" ? "" : `${safe(path, 300)} (${protects})`}`, 6, 8),
  );
  const named = key === undefined ? [] : [paint("dim", fold(`key ${safe(key, 300)}`, 6, 8))];
  return [paint(colour, title), ...places, ...named].join("\n");
}

const VERDICTS: readonly Verdict[] = ["compliant", "non-compliant", "undetermined", "exempt", "malformed"];

function summaryOf(files: readonly CheckedFile[]): string {
  const judged = judgedIn(files);
  const keyless = allChecked(files).length - judged.length;
  const how = (is: CheckedFile["is"]) => files.filter((one) => one.is === is).length;
  const verdicts = VERDICTS.map((one) => [judged.filter(({ verdict }) => verdict === one).length, one] as const);
  return [
    row("files", files.length, [
      [how("judged"), "read"],
      [how("passed-over"), "passed over: nothing of SageMaker's in them"],
      [how("fault"), "that cannot be read"],
    ]),
    row("resources", judged.length, verdicts),
    ...(keyless > 0 ? [fold(`${label("not judged", keyless)}no key can be given there`, 2, 19)] : []),
  ].join("\n");
}

function row(name: string, total: number, parts: readonly (readonly [number, string])[]): string {
  const told = parts.flatMap(([many, what]) => (many > 0 ? [`${many} ${what}`] : []));
  return fold(label(name, total) + told.join(", "), 2, 19);
}

const label = (name: string, total: number): string => `${name.padEnd(10)}${String(total).padStart(5)}  `;
