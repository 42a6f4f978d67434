import { isUnexemptedViolation } from "../../core/judge/justify-stop.ts";
import { matchesPattern } from "../../core/model/wildcard.ts";
import type { CheckDocument } from "../model/document.ts";
import { findingsOf, isFinding } from "../model/finding.ts";
import type { CheckedResource, CheckedSetting, FileResult } from "../model/result.ts";
import type { SkipNote, Suppression } from "../model/suppression.ts";
import { commentSkips } from "./comment-skips.ts";
import { metadataSkips } from "./metadata-skips.ts";
import { resourcesOf } from "./resources-of.ts";
import type { Skip, SkipTarget } from "./skip.ts";

type Judged = Extract<FileResult, { is: "judged" }>;

/**
 * Applies the skips of a file to its findings. A skip counts up to and including its day of expiry, in UTC. A faulty skip
 * makes the file a fault.
 */
export function applySkips(text: string, documents: readonly CheckDocument[], judged: Judged, time: Date): FileResult {
  // Most files have none, and the positions of JSON are expensive.
  if (!text.includes("keyward")) return judged;
  const targets = () => targetsIn(documents, judged.resources);
  const read = [...documents.flatMap(metadataSkips), ...commentSkips(text, targets)];
  const fault = read.find((one) => "fault" in one);
  if (fault) return { is: "fault", file: judged.file, line: fault.line, column: fault.column, message: fault.fault };
  const skips = read.filter((one) => "setting" in one);
  if (skips.length === 0) return judged;
  const today = time.toISOString().slice(0, 10);
  const live = skips.filter(({ expires }) => today <= expires);
  const used = new Set<Skip>();
  const resources = judged.resources.map((resource) => suppress(resource, live, used));
  return { ...judged, resources, skips: skips.filter((skip) => !used.has(skip)).map((skip) => noteOf(skip, today)) };
}

/** Everything on which a comment can be. A resource of a template is one, even if only a part of it is judged. */
function targetsIn(documents: readonly CheckDocument[], resources: readonly CheckedResource[]): SkipTarget[] {
  const subjects = resources.map(({ subject: { at }, line, column }) => ({ at, line, column }));
  const holders = documents.flatMap((document) =>
    resourcesOf(document).map(({ at }) => ({ at, ...document.positionOf(at) })),
  );
  return [...new Map([...subjects, ...holders].map((one) => [JSON.stringify([one.at, one.line]), one])).values()];
}

/** The resource with the suppressions of its findings. Adds each skip that covers one to `used`. */
function suppress(resource: CheckedResource, skips: readonly Skip[], used: Set<Skip>): CheckedResource {
  const own = skips.filter((skip) => isOn(skip, resource));
  const suppressionFor = (names: readonly string[]): Suppression | undefined => {
    const covering = own.filter(({ setting }) => names.some((name) => matchesPattern(setting, name)));
    for (const skip of covering) used.add(skip);
    const [first] = covering;
    return first && { reason: first.reason, owner: first.owner, expires: first.expires };
  };
  const [finding] = findingsOf(resource);
  if (own.length === 0 || finding === undefined) return resource;
  if (finding.path === "") {
    const suppressed = suppressionFor([finding.protects]);
    return suppressed ? { ...resource, verdict: "exempt", suppressed } : resource;
  }
  const settings = resource.settings.map((setting) => {
    const suppressed = isFinding(setting) ? suppressionFor(namesOf(setting)) : undefined;
    return suppressed ? { ...setting, suppressed } : setting;
  });
  return { ...resource, settings, verdict: verdictOf(resource, settings) };
}

/** The names by which a skip can mean a setting. */
const namesOf = ({ path, attribute = path, protects }: CheckedSetting): string[] => [
  path,
  path.replace(/\[[^\]]*\]/g, "[]"),
  attribute,
  protects,
];

/** A skip on a resource is for everything within it: a state machine makes several calls. */
function isOn({ on }: Skip, { subject, line }: CheckedResource): boolean {
  if (on === undefined) return false;
  // Each document of a YAML text can be a resource as a whole.
  if (on.at.length === 0) return on.line === line;
  return on.at.every((segment, i) => segment === subject.at[i]);
}

function verdictOf({ verdict }: CheckedResource, settings: readonly CheckedSetting[]): CheckedResource["verdict"] {
  const open = settings.filter(({ suppressed }) => suppressed === undefined);
  if (open.length === settings.length) return verdict;
  if (open.some(isUnexemptedViolation)) return "non-compliant";
  return open.some(({ is }) => is === "undetermined") ? "undetermined" : "exempt";
}

function noteOf({ setting, line, column, on, expires }: Skip, today: string): SkipNote {
  if (today > expires) return { setting, line, column, why: { is: "expired", expires } };
  return { setting, line, column, why: { is: on === undefined ? "no-resource" : "no-finding" } };
}
