import { type CheckFinding, findingsOf } from "../model/finding.ts";
import type { CheckedResource, FileResult } from "../model/result.ts";

/** A finding in the baseline: what does not change when lines move. */
export interface KnownFinding {
  /** Relative to the folder of the baseline, with `/`. */
  readonly file: string;
  /** The resource's place in the file, as the JSON output has it. */
  readonly at: string;
  readonly path: string;
  readonly protects: string;
  readonly is: string;
}

/** Makes a file's name relative to the folder of the baseline. */
export type NameFile = (file: string) => string;

export const idOf = ({ file, at, path, protects, is }: KnownFinding): string =>
  JSON.stringify([file, at, path, protects, is]);

/** All findings that are not suppressed in their file, each once, in a stable order. */
export function baselineOf(results: readonly FileResult[], nameFile: NameFile): KnownFinding[] {
  const found = results.flatMap((result) =>
    result.is === "judged" ? result.resources.flatMap((resource) => knownOf(resource, nameFile)) : [],
  );
  const all = new Map(found.map((one) => [idOf(one), one]));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const knownOf = (resource: CheckedResource, nameFile: NameFile): KnownFinding[] =>
  resource.verdict === "ignored"
    ? []
    : findingsOf(resource)
        .filter(({ suppressed }) => suppressed === undefined)
        .map((finding) => toKnown(resource, finding, nameFile));

function toKnown({ file, subject }: CheckedResource, finding: CheckFinding, nameFile: NameFile): KnownFinding {
  const { path, protects, is } = finding;
  return { file: nameFile(file), at: subject.place, path, protects, is };
}

/** The results, in which each finding has whether the baseline knows it. */
export function compareWithBaseline(
  results: readonly FileResult[],
  baseline: readonly KnownFinding[],
  nameFile: NameFile,
): readonly FileResult[] {
  const known = new Set(baseline.map(idOf));
  const isKnown = (resource: CheckedResource, finding: CheckFinding) =>
    known.has(idOf(toKnown(resource, finding, nameFile)));
  return results.map((result) =>
    result.is === "judged"
      ? { ...result, resources: result.resources.map((resource) => compareResource(resource, isKnown)) }
      : result,
  );
}

function compareResource(
  resource: CheckedResource,
  isKnown: (resource: CheckedResource, finding: CheckFinding) => boolean,
): CheckedResource {
  const findings = findingsOf(resource);
  const [whole] = findings;
  if (whole?.path === "") return { ...resource, known: isKnown(resource, whole) };
  const settings = resource.settings.map((setting) => {
    const finding = findings.find((one) => one === setting);
    return finding && finding.suppressed === undefined ? { ...setting, known: isKnown(resource, finding) } : setting;
  });
  return { ...resource, settings };
}

/**
 * The findings of the baseline that do not exist any more. One whose file was not checked this time is not among them,
 * unless `isRemoved` says that there is no such file.
 */
export function goneFrom(
  baseline: readonly KnownFinding[],
  results: readonly FileResult[],
  nameFile: NameFile,
  isRemoved: (file: string) => boolean,
): KnownFinding[] {
  const found = new Set(baselineOf(results, nameFile).map(idOf));
  const read = new Set(results.flatMap((result) => (result.is === "fault" ? [] : [nameFile(result.file)])));
  return baseline.filter((one) => !found.has(idOf(one)) && (read.has(one.file) || isRemoved(one.file)));
}
