import { operation as rowOf } from "../../catalogue/find-operation.ts";
import type { Setting } from "../../catalogue/vocabulary.ts";
import { defined } from "../../core/model/defined.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import { segmentsOf } from "../model/document-path.ts";
import type { UnresolvedPlace } from "../model/subject.ts";

/**
 * Makes a verdict undetermined if an unresolved place can change it: a value that is not known before the deployment.
 */
export function applyUnresolvedPlaces(
  verdicts: readonly SettingVerdict[],
  operation: string,
  places: readonly UnresolvedPlace[],
  policy: Policy,
): readonly SettingVerdict[] {
  if (places.length === 0) return verdicts;
  const settings = rowOf(operation)?.settings ?? [];
  return verdicts.map((verdict) => {
    const pattern = verdict.path.replace(/\[\d*\]/g, "[]");
    const setting = settings.find((one) => one.path === pattern && one.protects === verdict.protects);
    if (setting && !policy.require[setting.protects]) return verdict;
    const place = decidingPlace(verdict, setting, mayDecide(verdict, places));
    return place ? asUndetermined(verdict, place) : verdict;
  });
}

/** The policy's list has decided about a key of which only the account or the Region is open. */
const mayDecide = ({ reason }: SettingVerdict, places: readonly UnresolvedPlace[]): readonly UnresolvedPlace[] =>
  reason?.code === "key-allowed" ? places.filter(({ isListable }) => !isListable) : places;

/** The text of an unresolved expression is not a key, so it is not shown as one. The reason names it. */
const asUndetermined = ({ path, protects, key, exempt }: SettingVerdict, place: UnresolvedPlace): SettingVerdict => ({
  path,
  protects,
  is: "undetermined",
  ...defined({ key: key === place.expression ? undefined : key }),
  reason: place.reason,
  ...defined({ exempt }),
});

/** The first unresolved place that can change the verdict. */
function decidingPlace(
  { path, is }: SettingVerdict,
  setting: Setting | undefined,
  places: readonly UnresolvedPlace[],
): UnresolvedPlace | undefined {
  const placeAbove = (dependency: string) => {
    const bound = bindIndexes(segmentsOf(path), segmentsOf(dependency));
    return places.find((place) => leadsTo(segmentsOf(place.path), bound));
  };
  // `[]` means that no element has the setting. Then only an unresolved list can change the verdict, not a key in an
  // element.
  const ofSetting = placeAbove(path.replace(/\[\].*$/, ""));
  if (ofSetting || !setting || is === "accepted") return ofSetting;
  const ofCondition = conditionsOf(setting).map(placeAbove).find(Boolean);
  if (ofCondition || is === "rejected") return ofCondition;
  // Only an unresolved parent of an instance type counts here. An unresolved type itself was judged as an unknown type.
  const types = [...(setting.instanceTypes ?? []), ...(setting.alternatives?.types ?? [])];
  return types.map((type) => placeAbove(type.slice(0, type.lastIndexOf(".")))).find(Boolean);
}

/** The paths that decide if a setting applies. */
function conditionsOf({ path, when = [], element, twin, elsewhere }: Setting): string[] {
  const list = path.slice(0, path.lastIndexOf("[]") + 2);
  return [...when.map((condition) => condition.path), element && `${list}.${element.path}`, twin, elsewhere].filter(
    (one) => one !== undefined,
  );
}

/** Replaces `[]` in a dependency by the index in the setting's path, as long as both have the same segments. */
function bindIndexes(path: readonly string[], dependency: readonly string[]): string[] {
  const fork = dependency.findIndex((segment, i) => !matches(segment, path[i]));
  return dependency.map((segment, i) => (fork < 0 || i < fork ? (path[i] ?? segment) : segment));
}

/** True if the dependency is at or below the unresolved place. */
const leadsTo = (place: readonly string[], dependency: readonly string[]): boolean =>
  place.every((segment, i) => matches(dependency[i], segment));

const matches = (segment: string | undefined, other: string | undefined): boolean =>
  segment === other || (segment === "[]" && other !== undefined && other.startsWith("["));
