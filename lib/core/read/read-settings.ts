import type { Condition, Setting } from "../../catalogue/vocabulary.ts";
import { collect, expressionOf, scalar } from "../model/member.ts";
import type { Json, JsonObject } from "../model/types.ts";

/** One setting of one request: where it is, whether it applies, and what stands there. */
export interface Reading {
  readonly setting: Setting;
  /** API spelling with concrete indexes; `[]` where the list has no element for it. */
  readonly path: string;
  /** Why it does not apply; absent where it does. */
  readonly off?: string;
  readonly value: Json | undefined;
  /** An expression that is not resolved yet, on which any of this hangs. */
  readonly hangsOn?: string;
  /** The instance types that its volumes sit on, without duplicates. */
  readonly instanceTypes: readonly string[];
  /** Where else the key may stand in this request, or that it does: the paths of `twin` and `elsewhere` that are there. */
  readonly twin: boolean;
  readonly elsewhere: boolean;
}

/** A `[]` prefix of a path and the element that it stands for. */
interface Binding {
  readonly pattern: string;
  readonly concrete: string;
}

/**
 * Reads every setting out of a request or a Describe answer, in the catalogue's order; never throws. `expressions`: the
 * request may hold some that are not resolved, which only a pipeline's steps do.
 */
export function read(settings: readonly Setting[], request: JsonObject, expressions = false): Reading[] {
  return settings.flatMap((setting) => readSetting(setting, request, expressions));
}

/** Where a setting stands: its lists' elements, or the list that has none for it. */
interface Place {
  readonly bindings: readonly Binding[];
  readonly empty?: { readonly list: string; readonly innermost: boolean };
}

function readSetting(setting: Setting, request: JsonObject, expressions: boolean): Reading[] {
  const lists = [...setting.path.matchAll(/\[\]/g)].map((match) => setting.path.slice(0, match.index + 2));
  return placesOf(setting, request, lists, []).map((place) => {
    const reading = readPlace(setting, request, place);
    const hangsOn = expressions ? hangsOnIn(setting, request, place) : undefined;
    return hangsOn === undefined ? reading : { ...reading, hangsOn };
  });
}

function placesOf(
  setting: Setting,
  request: JsonObject,
  [pattern, ...inner]: readonly string[],
  bindings: readonly Binding[],
): Place[] {
  if (pattern === undefined) return [{ bindings }];
  const elements = collect(request, bind(pattern, bindings));
  const innermost = inner.length === 0;
  const chosen = innermost ? elements.filter(({ value }) => isChosen(setting, value)) : elements;
  if (chosen.length === 0) return [{ bindings, empty: { list: bind(pattern, bindings), innermost } }];
  return chosen.flatMap(({ path }) => placesOf(setting, request, inner, [...bindings, { pattern, concrete: path }]));
}

function readPlace(setting: Setting, request: JsonObject, { bindings, empty }: Place): Reading {
  const at = (path: string) => collect(request, bind(path, bindings));
  const path = bind(setting.path, bindings);
  const value = empty === undefined ? at(setting.path)[0]?.value : undefined;
  const off = empty === undefined ? offBecause(setting, at) : emptyBecause(setting, empty);
  return {
    setting,
    path,
    ...(off === undefined ? {} : { off }),
    value,
    instanceTypes: [...new Set((setting.instanceTypes ?? []).flatMap(at).map(({ value }) => scalar(value)))],
    twin: setting.twin !== undefined && at(setting.twin).length > 0,
    elsewhere: setting.elsewhere !== undefined && at(setting.elsewhere).length > 0,
  };
}

/** An expression that stands where the setting, its conditions or its instance types are looked for. */
const hangsOnIn = (setting: Setting, request: JsonObject, { bindings }: Place): string | undefined =>
  [setting.path, ...(setting.when ?? []).map(({ path }) => path), ...(setting.instanceTypes ?? [])]
    .flatMap((path) => collect(request, bind(path, bindings)))
    .map(({ value }) => expressionOf(value))
    .find((expression) => expression !== undefined);

/** A list without a fitting element switches the setting off, unless the element's very absence is the finding. */
function emptyBecause(setting: Setting, { list, innermost }: NonNullable<Place["empty"]>): string | undefined {
  if (!setting.element || !innermost) return `${list.slice(0, -2)} is absent`;
  return setting.element.required ? undefined : `${list} holds no such element`;
}

function isChosen(setting: Setting, element: Json): boolean {
  if (!setting.element) return true;
  const is = collect(element, setting.element.path).some(({ value }) => isEqual(value, true));
  return is === setting.element.is;
}

/** Binds the longest `[]` prefix of a path that is known to its element. */
function bind(path: string, bindings: readonly Binding[]): string {
  const binding = bindings.findLast(({ pattern }) => path.startsWith(pattern));
  return binding ? binding.concrete + path.slice(binding.pattern.length) : path;
}

type At = (path: string) => { readonly path: string; readonly value: Json }[];

function offBecause(setting: Setting, at: At): string | undefined {
  const failing = setting.when?.find((condition) => !holds(condition, at));
  return failing && (failing.otherwise ?? describe(failing));
}

function holds(condition: Condition, at: At): boolean {
  const found = at(condition.path);
  switch (condition.is) {
    case "present":
      return found.length > 0;
    case "equals":
      return found.some(({ value }) => isEqual(value, condition.value));
    case "not":
      return !found.some(({ value }) => isEqual(value, condition.value));
    case "lacking-in-some": {
      const list = at(condition.path.slice(0, condition.path.lastIndexOf("[]") + 2));
      return list.length === 0 || found.length < list.length;
    }
    default:
      return condition satisfies never;
  }
}

function describe(condition: Condition): string {
  switch (condition.is) {
    case "present":
      return `${condition.path} is absent`;
    case "equals":
      return `${condition.path} is not ${condition.value}`;
    case "not":
      return `${condition.path} is ${condition.value}`;
    case "lacking-in-some":
      return `${condition.path} is in every element`;
    default:
      return condition satisfies never;
  }
}

/** Switches arrive as booleans, and from some recorders as strings. */
const isEqual = (value: Json, wanted: string | boolean): boolean =>
  value === wanted || (typeof wanted === "boolean" && scalar(value).toLowerCase() === String(wanted));
