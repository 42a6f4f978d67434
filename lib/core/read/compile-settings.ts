import type { Condition } from "../../catalogue/condition.ts";
import { locations } from "../../catalogue/locations.ts";
import type { Setting } from "../../catalogue/vocabulary.ts";
import { type Path, pathOf } from "../model/path.ts";
import type { BoundPath } from "./bound-path.ts";

/**
 * A setting whose paths are split once. Each path begins at the innermost list element that it shares with the setting's
 * own path, so that reading a list takes time in proportion to its length.
 */
export interface CompiledSetting {
  readonly setting: Setting;
  /** The lists on the setting's path: as written (`A.B[].C[]`), and from the element of the list above. */
  readonly lists: readonly { readonly pattern: string; readonly from: Path }[];
  readonly value: BoundPath;
  readonly when: readonly CompiledCondition[];
  readonly instanceTypes: readonly BoundPath[];
  readonly alternatives: readonly BoundPath[];
  /** Where Describe returns which of the alternatives was chosen. */
  readonly selected: BoundPath | undefined;
  readonly twin: BoundPath | undefined;
  readonly elsewhere: BoundPath | undefined;
  readonly element: Path | undefined;
  /** The S3 locations that the key is used for: those of the same structure. */
  readonly outputs: readonly BoundPath[];
}

export interface CompiledCondition {
  readonly condition: Condition;
  readonly at: BoundPath;
  /** For `lacking-in-some`: the list whose elements are counted. */
  readonly list: BoundPath | undefined;
}

const compiled = new WeakMap<readonly Setting[], Map<string, readonly CompiledSetting[]>>();

/** The settings of an operation, compiled when first needed. */
export function compileSettings(settings: readonly Setting[], operation: string): readonly CompiledSetting[] {
  const byOperation = compiled.get(settings) ?? new Map<string, readonly CompiledSetting[]>();
  compiled.set(settings, byOperation);
  const known = byOperation.get(operation);
  if (known) return known;
  const made = settings.map((setting) => compileSetting(setting, locations[operation]?.output ?? []));
  byOperation.set(operation, made);
  return made;
}

function compileSetting(setting: Setting, outputs: readonly string[]): CompiledSetting {
  const patterns = [...setting.path.matchAll(/\[\]/g)].map((match) => setting.path.slice(0, match.index + 2));
  const bound = (path: string) => bind(path, patterns);
  const parent = setting.path.slice(0, setting.path.lastIndexOf(".") + 1);
  return {
    setting,
    lists: patterns.map((pattern, i) => ({ pattern, from: pathOf(restOf(pattern, patterns[i - 1])) })),
    value: bound(setting.path),
    when: (setting.when ?? []).map((condition) => compileCondition(condition, patterns)),
    instanceTypes: (setting.instanceTypes ?? []).map(bound),
    alternatives: (setting.alternatives?.types ?? []).map(bound),
    selected: setting.alternatives?.selected === undefined ? undefined : bound(setting.alternatives.selected),
    twin: setting.twin === undefined ? undefined : bound(setting.twin),
    elsewhere: setting.elsewhere === undefined ? undefined : bound(setting.elsewhere),
    element: setting.element && pathOf(setting.element.path),
    outputs: parent === "" ? [] : outputs.filter((output) => output.startsWith(parent)).map(bound),
  };
}

/** A condition with its paths split once; `patterns`: the lists on the path of what it is about. */
export function compileCondition(condition: Condition, patterns: readonly string[]): CompiledCondition {
  const { path, is } = condition;
  const list = is === "lacking-in-some" ? bind(path.slice(0, path.lastIndexOf("[]") + 2), patterns) : undefined;
  return { condition, at: bind(path, patterns), list };
}

/** Binds a path to the innermost of the lists that it goes through, for each number of lists that have an element. */
function bind(path: string, patterns: readonly string[]): BoundPath {
  return [undefined, ...patterns].map((_, bindings) => {
    const level = patterns.slice(0, bindings).findLastIndex((pattern) => path.startsWith(pattern)) + 1;
    return { level, path: pathOf(restOf(path, patterns[level - 1])) };
  });
}

const restOf = (path: string, pattern: string | undefined): string =>
  pattern === undefined ? path : path.slice(pattern.length).replace(/^\./, "");
