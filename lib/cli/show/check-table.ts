import { sayUnder } from "../../check/formats/circumstances.ts";
import { sayStanding } from "../../check/formats/standing.ts";
import {
  allResources,
  type CheckFinding,
  findingsOf,
  isOpen,
  judgedResources,
  resourceTitle,
} from "../../check/model/finding.ts";
import type { CheckFormat } from "../../check/model/format.ts";
import type { CheckedResource, FileResult } from "../../check/model/result.ts";
import type { Verdict } from "../../core/model/types.ts";
import { ownText } from "../../text/safe-text.ts";
import { say } from "../../wording/reasons/say.ts";
import { fold, heading } from "../terminal/layout.ts";
import { paint, safe } from "../terminal/terminal.ts";
import { showUncovered } from "./check-uncovered.ts";
import { LOOK } from "./decision.ts";

const COLOUR = { "non-compliant": "red", undetermined: "yellow" } as const;

/** For people: every resource with its findings and their positions, then the totals. */
export const table: CheckFormat = {
  description: "for people",
  print: (results) => {
    const resources = judgedResources(results).map((resource) => `${showResource(resource)}\n`);
    return [...resources, ...showUncovered(results), heading("Summary"), "", totalsOf(results)].join("\n");
  },
};

function showResource(resource: CheckedResource): string {
  const { file, line, column, subject, verdict } = resource;
  const colour = verdict === "non-compliant" || verdict === "undetermined" ? COLOUR[verdict] : "green";
  const head = `${paint(colour, verdict.toUpperCase())}  ${paint("bold", safe(resourceTitle(resource), 120))}`;
  const position = `${safe(file, 400)}:${line}:${column}`;
  const findings = findingsOf(resource);
  if (findings.length === 0) return `${head}  ${paint("dim", position)}`;
  return [
    head,
    paint("dim", fold(`${position}  ${safe(subject.type, 100)}`, 2, 4)),
    ...inGroups(findings).map((group) => showGroup(group, file)),
  ].join("\n");
}

/** Findings that differ only in their position are shown together. */
function inGroups(findings: readonly CheckFinding[]): CheckFinding[][] {
  const groups = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const { is, key, reason, under, mayBeExempt, suppressed, known } = finding;
    const id = JSON.stringify([is, key, reason, under, mayBeExempt, suppressed, known]);
    groups.set(id, [...(groups.get(id) ?? []), finding]);
  }
  return [...groups.values()];
}

function showGroup(group: readonly CheckFinding[], file: string): string {
  const [first] = group;
  if (!first) return "";
  const { is, key, reason, under } = first;
  const { mark, colour } = isOpen(first) ? LOOK[is] : ACCEPTED;
  const because = reason === undefined ? "" : `: ${safe(say(reason), 300)}`;
  const title = fold(`${mark} ${is}${sayUnder(under, shown)}${because}${sayStanding(first, shown)}`, 2, 6);
  const places = group.map(({ path, attribute = path, protects, line, column }) =>
    fold(`${safe(file, 400)}:${line}:${column}  ${path === "" ? "" : `${safe(attribute, 300)} (${protects})`}`, 6, 8),
  );
  const named = key === undefined ? [] : [paint("dim", fold(`key ${safe(key, 300)}`, 6, 8))];
  return [paint(colour, title), ...places, ...named].join("\n");
}

/** The look of a finding that does not fail the check. */
const ACCEPTED = { mark: "=", colour: "dim" } as const;

const shown = (text: string, max: number) => ownText(safe(text, max));

const VERDICTS: readonly Verdict[] = ["compliant", "non-compliant", "undetermined", "exempt", "malformed"];

function totalsOf(results: readonly FileResult[]): string {
  const judged = judgedResources(results);
  const withoutKey = allResources(results).length - judged.length;
  const files = (is: FileResult["is"]) => results.filter((result) => result.is === is).length;
  const verdicts = VERDICTS.map((one) => [judged.filter(({ verdict }) => verdict === one).length, one] as const);
  return [
    row("files", results.length, [
      [files("judged"), "read"],
      [files("skipped"), "skipped, because they hold nothing of SageMaker"],
      [files("unread"), "that mention SageMaker in a form that is not read"],
      [files("fault"), "that cannot be read"],
    ]),
    row("resources", judged.length, verdicts),
    ...standingsOf(judged),
    ...(withoutKey > 0 ? [fold(`${label("not judged", withoutKey)}they take no key of their own`, 2, 19)] : []),
  ].join("\n");
}

/** The findings by their standing, if any is accepted. */
function standingsOf(judged: readonly CheckedResource[]): string[] {
  const findings = judged.flatMap(findingsOf);
  const open = findings.filter(isOpen).length;
  if (open === findings.length) return [];
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined).length;
  return [
    row("findings", findings.length, [
      [open, "open"],
      [findings.length - open - suppressed, "known by the baseline"],
      [suppressed, "suppressed"],
    ]),
  ];
}

function row(name: string, total: number, parts: readonly (readonly [number, string])[]): string {
  const shown = parts.flatMap(([count, text]) => (count > 0 ? [`${count} ${text}`] : []));
  return fold(label(name, total) + shown.join(", "), 2, 19);
}

const label = (name: string, total: number): string => `${name.padEnd(10)}${String(total).padStart(5)}  `;
