import { operation } from "../catalogue/find-operation.ts";
import type { Setting } from "../catalogue/vocabulary.ts";
import type { SettingVerdict } from "../core/model/types.ts";
import type { Policy } from "../policy/schema.ts";
import type { CheckSubject, Doubt } from "./subject.ts";

/** Leaves undetermined what a place that the file leaves open could turn the other way. */
export function applyDoubts(
  verdicts: readonly SettingVerdict[],
  subject: Pick<CheckSubject, "operation" | "doubts">,
  policy: Policy,
): SettingVerdict[] {
  const settings = operation(subject.operation)?.settings ?? [];
  return verdicts.map((verdict) => {
    const pattern = verdict.path.replace(/\[\d*\]/g, "[]");
    const setting = settings.find((one) => one.path === pattern && one.protects === verdict.protects);
    if (setting && !policy.require[setting.protects]) return verdict;
    const doubt = doubtOf(verdict, setting, subject.doubts);
    return doubt ? leaveOpen(verdict, doubt) : verdict;
  });
}

/** What stands for a value is no key worth repeating where the reason begins with it. */
function leaveOpen({ key, ...verdict }: SettingVerdict, { because }: Doubt): SettingVerdict {
  const named = key === undefined || because.startsWith(`${key}:`) ? {} : { key };
  return { ...verdict, ...named, is: "undetermined", because };
}

function doubtOf(
  { path, is }: SettingVerdict,
  setting: Setting | undefined,
  doubts: readonly Doubt[],
): Doubt | undefined {
  const about = (dependency: string) => {
    const bound = bind(stepsOf(path), stepsOf(dependency));
    return doubts.find((doubt) => leads(stepsOf(doubt.path), bound));
  };
  // Where no element holds the setting, an open list is a doubt, and another element's open key is none.
  const found = about(path.replace(/\[\].*$/, ""));
  if (found || !setting || is === "accepted") return found;
  const applies = conditionsOf(setting).map(about).find(Boolean);
  if (applies || is === "rejected") return applies;
  // An instance type that is open itself was judged as one that is not known.
  return setting.instanceTypes?.map((type) => about(type.slice(0, type.lastIndexOf(".")))).find(Boolean);
}

function conditionsOf({ path, when = [], element, twin, elsewhere }: Setting): string[] {
  const list = path.slice(0, path.lastIndexOf("[]") + 2);
  return [...when.map((condition) => condition.path), element && `${list}.${element.path}`, twin, elsewhere].filter(
    (one) => one !== undefined,
  );
}

const stepsOf = (path: string): string[] => (path === "" ? [] : path.split(/\.|(?=\[)/));

/** A dependency's `[]` are the elements that the setting's path stands in, as far as the two go together. */
function bind(path: readonly string[], dependency: readonly string[]): string[] {
  const apart = dependency.findIndex((step, i) => !matches(step, path[i]));
  return dependency.map((step, i) => (apart < 0 || i < apart ? (path[i] ?? step) : step));
}

/** Whether all of `open` leads towards what depends on it. */
const leads = (open: readonly string[], dependency: readonly string[]): boolean =>
  open.every((step, i) => matches(dependency[i], step));

const matches = (step: string | undefined, other: string | undefined): boolean =>
  step === other || (step === "[]" && other !== undefined && other.startsWith("["));
