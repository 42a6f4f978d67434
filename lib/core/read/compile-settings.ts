import type { Condition } from "../../catalogue/condition.ts";
import { locations } from "../../catalogue/operations.ts";
import type { Setting } from "../../catalogue/vocabulary.ts";
import { type Path, pathOf } from "../model/path.ts";
import type { BoundPath } from "./bound-path.ts";

/**
 * A setting with its paths already split. Each path begins at the innermost list element that it shares with the
 * setting's own path. So the time to read a list grows only with its length.
 */
export interface CompiledSetting {
  readonly setting: Setting;
  /**
   * The lists on the setting's path. `pattern`: from the root (`A.B[].C[]`); `from`: from an element of the list
   * before.
   */
  readonly lists: readonly { readonly pattern: string; readonly from: Path }[];
  readonly value: BoundPath;
  readonly when: readonly CompiledCondition[];
  readonly instanceTypes: readonly BoundPath[];
  readonly alternatives: readonly BoundPath[];
  /** The elements of the lists that hold the alternatives, each of which names one. */
  readonly choices: readonly BoundPath[];
  /** The path of the chosen instance type in Describe's answer. */
  readonly selected: BoundPath | undefined;
  readonly twin: BoundPath | undefined;
  readonly elsewhere: BoundPath | undefined;
  readonly element: Path | undefined;
  /** The S3 locations that SageMaker encrypts with the key: the output locations in the same structure. */
  readonly outputs: readonly BoundPath[];
}

export interface CompiledCondition {
  readonly condition: Condition;
  readonly at: BoundPath;
  /** For `lacking-in-some`: the list with the elements to count. */
  readonly list: BoundPath | undefined;
}

const compiled = new WeakMap<readonly Setting[], Map<string, readonly CompiledSetting[]>>();

/** Compiles the settings of an operation at their first use. */
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
    choices: (setting.alternatives?.types ?? []).map((path) => bound(path.slice(0, path.lastIndexOf("[]") + 2))),
    selected: setting.alternatives?.selected === undefined ? undefined : bound(setting.alternatives.selected),
    twin: setting.twin === undefined ? undefined : bound(setting.twin),
    elsewhere: setting.elsewhere === undefined ? undefined : bound(setting.elsewhere),
    element: setting.element && pathOf(setting.element.path),
    outputs: parent === "" ? [] : outputs.filter((output) => output.startsWith(parent)).map(bound),
  };
}

/** Splits the paths of a condition. `patterns`: the lists on the path of its setting or S3 location. */
export function compileCondition(condition: Condition, patterns: readonly string[]): CompiledCondition {
  const { path, is } = condition;
  const list = is === "lacking-in-some" ? bind(path.slice(0, path.lastIndexOf("[]") + 2), patterns) : undefined;
  return { condition, at: bind(path, patterns), list };
}

/** For each number of bound lists: begins the path at the innermost of those lists that is on it. */
function bind(path: string, patterns: readonly string[]): BoundPath {
  return [undefined, ...patterns].map((_, bindings) => {
    const level = patterns.slice(0, bindings).findLastIndex((pattern) => path.startsWith(pattern)) + 1;
    return { level, path: pathOf(restOf(path, patterns[level - 1])) };
  });
}

const restOf = (path: string, pattern: string | undefined): string =>
  pattern === undefined ? path : path.slice(pattern.length).replace(/^\./, "");
