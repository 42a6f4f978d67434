import { EBS_ONLY, LOCAL_STORAGE } from "../../lib/catalogue/instance-families.ts";
import type { Locations, Setting } from "../../lib/catalogue/vocabulary.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { ofLocations } from "./expected-locations.ts";
import { type Is, isDirectoryBucket, keyVerdict, placeVerdict, policies } from "./facts.ts";
import { holds } from "./holds.ts";
import { type Binding, type Selected, select } from "./select.ts";

/**
 * An independent reading of the catalogue's vocabulary (lib/catalogue/vocabulary.ts): which members of a request must be
 * findings under a policy. It shares no code with lib/core: where the two differ, one of them is wrong.
 */
export interface Expected {
  readonly path: string;
  readonly protects: string;
  readonly is: Is;
  /** It depends on the instance type that SageMaker chooses, which Describe may return. */
  readonly byChoice?: true;
}

/** The expectation for each setting of a request; `policy` is the number of one of `policies`. */
export const expectedOf = (
  settings: readonly Setting[],
  locations: Locations | undefined,
  request: JsonObject,
  policy: number,
): Expected[] => [
  ...settings.flatMap((setting) => ofSetting(setting, locations, request, policy)),
  ...ofLocations(locations, request, policy),
];

interface Case {
  readonly setting: Setting;
  readonly outputs: readonly string[];
  readonly request: JsonObject;
  readonly policy: number;
}

function ofSetting(
  setting: Setting,
  locations: Locations | undefined,
  request: JsonObject,
  policy: number,
): Expected[] {
  const lists = setting.path
    .split("[]")
    .slice(0, -1)
    .map((_, i, parts) => `${parts.slice(0, i + 1).join("[]")}[]`);
  const parent = setting.path.slice(0, setting.path.lastIndexOf(".") + 1);
  const outputs = parent === "" ? [] : (locations?.output ?? []).filter((path) => path.startsWith(parent));
  return inLists({ setting, outputs, request, policy }, lists, new Map());
}

/** One expectation for each element that can hold the setting, or one for the list if it has no such element. */
function inLists(one: Case, lists: readonly string[], binding: Binding): Expected[] {
  const { setting, request } = one;
  const [list, ...further] = lists;
  if (list === undefined) return [expectation(one, binding, verdict(one, binding))];
  const innermost = further.length === 0;
  const elements = select(request, list, binding).filter((found) => !innermost || isMeant(setting, found));
  if (elements.length > 0) return elements.flatMap((found) => inLists(one, further, bind(binding, list, found)));
  // No element: this is the finding itself, if an element is required.
  const required = innermost && setting.element?.required === true;
  return [expectation(one, binding, verdict(one, binding, required ? "lacks" : "off"))];
}

const bind = (binding: Binding, list: string, { path }: Selected): Binding =>
  new Map([...binding, [list, Number(/\[(\d+)\]$/.exec(path)?.[1])]]);

function isMeant({ element }: Setting, { value }: Selected): boolean {
  if (!element) return true;
  return select(value, element.path).some((found) => found.value === true) === element.is;
}

function expectation(one: Case, binding: Binding, is: Is): Expected {
  const { setting } = one;
  let { path } = setting;
  // From the outermost list on, so the first `[]` is always the next one.
  for (const index of binding.values()) path = path.replace("[]", `[${index}]`);
  const byChoice = is === "undetermined" && setting.alternatives?.selected !== undefined && isOpenChoice(one, binding);
  return { path, protects: setting.protects, is, ...(byChoice ? { byChoice } : {}) };
}

function verdict(one: Case, binding: Binding, list: "has" | "lacks" | "off" = "has"): Is {
  const { setting, request, policy } = one;
  const rules = policies[policy];
  if (!rules?.require[setting.protects]) return "not-applicable";
  const there = (path: string | undefined) => path !== undefined && select(request, path, binding).length > 0;
  const failing = (setting.when ?? []).find((condition) => !holds(condition, request, binding));
  const [key] = list === "has" ? select(request, setting.path, binding) : [];
  const wanted =
    setting.serverless === "policy" &&
    failing?.otherwise?.code === "serverless" &&
    rules.endpoints["on-serverless"] === "required";
  const applies = list !== "off" && (failing === undefined || wanted || (setting.ifGiven === "judged" && key));
  if (!applies && !there(setting.elsewhere)) return "not-applicable";
  if (key && setting.protects === "in-transit") return key.value === true ? "accepted" : "missing";
  if (key) return keyVerdict(String(key.value), policy);
  return withoutKey(one, binding, there);
}

function withoutKey(one: Case, binding: Binding, there: (path: string | undefined) => boolean): Is {
  const { setting, policy } = one;
  if (setting.takesNone) return "not-applicable";
  const volumeAnyway =
    setting.localStorage === "policy" && policies[policy]?.notebooks["on-local-storage"] === "required";
  if (!volumeAnyway) {
    if (there(setting.twin)) return "not-applicable";
    if (there(setting.elsewhere)) return "undetermined";
    const byStorage = setting.instanceTypes && onInstances(one, binding);
    if (byStorage !== undefined) return byStorage;
  }
  return byBuckets(one, binding);
}

/** The effect of the instance types on a missing key; none if all of them have only EBS volumes. */
function onInstances(one: Case, binding: Binding): Is | undefined {
  const { setting } = one;
  const storages = new Set(instanceTypes(one, binding).map(storage));
  if (!storages.has("local") && !storages.has("unknown")) return undefined;
  if (setting.mixed === "key" && storages.has("ebs")) return "missing";
  return storages.size === 1 && storages.has("local") ? "not-applicable" : "undetermined";
}

/** The given types. Without them, the type that was chosen of several, if it is one of them; otherwise all of these. */
function instanceTypes(one: Case, binding: Binding): string[] {
  const given = typesAt(one, one.setting.instanceTypes ?? [], binding);
  if (given.length > 0) return given;
  const { candidates, chosen, isSettled } = choiceOf(one, binding);
  return isSettled ? chosen : [...candidates, ...chosen];
}

function choiceOf(one: Case, binding: Binding) {
  const { types = [], selected } = one.setting.alternatives ?? {};
  const candidates = typesAt(one, types, binding);
  const chosen = selected === undefined ? [] : typesAt(one, [selected], binding);
  const isOneOfThem = candidates.length === 0 || chosen.every((type) => candidates.includes(type));
  return { candidates, chosen, isSettled: chosen.length > 0 && isOneOfThem };
}

const typesAt = ({ request }: Case, paths: readonly string[], binding: Binding): string[] =>
  paths.flatMap((path) => select(request, path, binding).map(({ value }) => String(value)));

/** No key and no type are given, and it is not known which of several types SageMaker has chosen. */
const isOpenChoice = (one: Case, binding: Binding): boolean =>
  select(one.request, one.setting.path, binding).length === 0 &&
  typesAt(one, one.setting.instanceTypes ?? [], binding).length === 0 &&
  !choiceOf(one, binding).isSettled;

function storage(instanceType: string): "local" | "ebs" | "unknown" {
  const family = instanceType.split(".")[1] ?? "";
  if ((LOCAL_STORAGE as readonly string[]).includes(family)) return "local";
  return (EBS_ONLY as readonly string[]).includes(family) ? "ebs" : "unknown";
}

/** A bucket's default may replace a missing key, if the policy says so and every bucket has a default. */
function byBuckets({ outputs, request, policy }: Case, binding: Binding): Is {
  const uris = outputs.flatMap((path) => select(request, path, binding).map(({ value }) => String(value)));
  if (!policies[policy]?.buckets["default-for-missing-key"]) return "missing";
  if (uris.length === 0 || uris.some(isDirectoryBucket)) return "missing";
  const verdicts = uris.map((uri) => placeVerdict(uri, policy));
  if (verdicts.some((is) => is === "missing" || is === "rejected")) return "missing";
  return verdicts.includes("undetermined") ? "undetermined" : "accepted";
}
