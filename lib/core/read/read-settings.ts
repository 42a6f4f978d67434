import type { Setting } from "../../catalogue/vocabulary.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isBlank, knownStart, whyUnresolved } from "../model/member.ts";
import { first, type Path, visit } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import { firstAt, type Nodes, visitAt } from "./bound-path.ts";
import { type CompiledSetting, compileSettings } from "./compile-settings.ts";
import { isEqual, offReason } from "./conditions.ts";
import { oddShape, unreadableReason } from "./unreadable-reason.ts";

/** One setting of one request: its path and its value, or the reason why it does not apply or cannot be read. */
export interface Reading {
  readonly compiled: CompiledSetting;
  /** API spelling with concrete indexes; `[]` if the list has no element for the setting. */
  readonly path: string;
  readonly value: Json | undefined;
  /** The reason why it does not apply. */
  readonly off: Reason | undefined;
  /** The reason why it cannot be read: an unresolved expression, an unexpected shape, or a list that is too long. */
  readonly unreadable: Reason | undefined;
  /** The request, and then one element of each list on the path to the setting. */
  readonly nodes: Nodes;
}

/** SageMaker accepts fewer elements in every list with a key (API Reference). Further elements are not read. */
export const MAX_ELEMENTS = 1_000;

/**
 * Reads every setting of an operation from a request or a Describe answer, in the catalogue's order. Never throws.
 * `expressions`: the request may have unresolved values; only a pipeline's steps and templates have them.
 */
export function readSettings(
  settings: readonly Setting[],
  operation: string,
  request: JsonObject,
  expressions = false,
): Reading[] {
  const readings: Reading[] = [];
  for (const compiled of compileSettings(settings, operation)) {
    if (compiled.lists.length === 0) readings.push(readAt(compiled, [request], compiled.setting.path, expressions));
    else readList(compiled, [request], "", expressions, readings);
  }
  return readings;
}

/** Reads a setting in each element of the next list on its path; without an element, reads it once for the list. */
function readList(
  compiled: CompiledSetting,
  nodes: Nodes,
  at: string,
  expressions: boolean,
  readings: Reading[],
): void {
  const level = nodes.length - 1;
  const list = compiled.lists[level];
  if (list === undefined) {
    readings.push(readAt(compiled, nodes, boundText(compiled, level, at), expressions));
    return;
  }
  const innermost = level === compiled.lists.length - 1;
  const here = level === 0 ? list.pattern : boundText(compiled, level, at, list.pattern);
  const found = first(nodes[level], listItself(list.from));
  const elements = elementsOf(found);
  let read = 0;
  for (const [index, element] of elements.entries()) {
    if (isBlank(element) || (innermost && !isChosen(compiled, element))) continue;
    if (read++ === MAX_ELEMENTS) {
      readings.push(tooLong(compiled, nodes, here));
      return;
    }
    const suffix = Array.isArray(found) ? `[${index}]` : "[]";
    readList(compiled, [...nodes, element], here.slice(0, -2) + suffix, expressions, readings);
  }
  if (read === 0)
    readings.push(readEmpty(compiled, nodes, boundText(compiled, level, at), here, innermost, expressions));
}

/** Joins the path of a list element, `at`, with the rest of the setting's path, or of the path of one of its lists. */
function boundText(compiled: CompiledSetting, level: number, at: string, path = compiled.setting.path): string {
  return at + path.slice(compiled.lists[level - 1]?.pattern.length ?? 0);
}

/** The elements of a list. An unresolved list counts as one element. */
function elementsOf(list: Json | undefined): readonly (Json | undefined)[] {
  if (Array.isArray(list)) return list;
  return whyUnresolved(list) === undefined ? [] : [list];
}

/** The path of each list itself, by the path of its elements. */
const lists = new Map<Path, Path>();

function listItself(path: Path): Path {
  const known = lists.get(path);
  if (known) return known;
  const steps = path.steps.map((step, i) => (i === path.steps.length - 1 ? { ...step, index: undefined } : step));
  const made = { text: path.text, steps };
  lists.set(path, made);
  return made;
}

function isChosen({ setting, element }: CompiledSetting, node: Json): boolean {
  if (!setting.element || !element) return true;
  let is = false;
  visit(node, element, (value) => {
    is ||= isEqual(value, true);
  });
  return is === setting.element.is;
}

function readAt(compiled: CompiledSetting, nodes: Nodes, path: string, expressions: boolean): Reading {
  const value = firstAt(nodes, compiled.value);
  const off = compiled.when.length === 0 ? undefined : offReason(compiled.when, nodes);
  // Most settings have a key, or their structure is absent. Then only an expression can make the setting unreadable.
  const isPlain = off === undefined ? typeof value === "string" : off.code === "member-absent";
  const unreadable =
    expressions || !isPlain
      ? unreadableReason(compiled, nodes, value)
      : value === undefined
        ? oddShape(compiled, nodes)
        : undefined;
  return { compiled, path, value, off, unreadable, nodes };
}

/** Reads a setting whose list has no element for it. It does not apply, unless the catalogue requires the element. */
function readEmpty(
  compiled: CompiledSetting,
  nodes: Nodes,
  path: string,
  list: string,
  innermost: boolean,
  expressions: boolean,
): Reading {
  const { element } = compiled.setting;
  const off: Reason | undefined =
    !element || !innermost
      ? { code: "member-absent", path: list.slice(0, -2) }
      : element.required
        ? offReason(compiled.when, nodes)
        : { code: "no-such-element", path: list };
  const unreadable =
    expressions || off === undefined ? unreadableReason(compiled, nodes, undefined) : oddShape(compiled, nodes);
  return { compiled, path, value: undefined, off, unreadable, nodes };
}

const tooLong = (compiled: CompiledSetting, nodes: Nodes, list: string): Reading => ({
  compiled,
  path: list,
  value: undefined,
  off: undefined,
  unreadable: { code: "too-many-elements", path: list, max: MAX_ELEMENTS },
  nodes,
});

/** True if another member of the same request names the key. */
export const hasTwin = ({ compiled, nodes }: Reading): boolean =>
  compiled.twin !== undefined && firstAt(nodes, compiled.twin) !== undefined;

/** True if the request names another resource that holds the setting. */
export const isElsewhere = ({ compiled, nodes }: Reading): boolean =>
  compiled.elsewhere !== undefined && firstAt(nodes, compiled.elsewhere) !== undefined;

/** The S3 locations that SageMaker encrypts with the setting's key. Some may be unresolved. */
export function outputsOf({ compiled, nodes }: Reading): Json[] {
  const uris: Json[] = [];
  for (const path of compiled.outputs) {
    visitAt(nodes, path, (value) => {
      if (knownStart(value) !== undefined) uris.push(value);
    });
  }
  return uris;
}
