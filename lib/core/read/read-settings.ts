import type { Setting } from "../../catalogue/vocabulary.ts";
import { isBlank, knownStart, whyUnresolved } from "../model/member.ts";
import { first, type Path, visit } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { Json, JsonObject } from "../model/types.ts";
import { firstAt, type Nodes, visitAt } from "./bound-path.ts";
import { type CompiledSetting, compileSettings } from "./compile-settings.ts";
import { isEqual, offReason } from "./conditions.ts";
import { oddShape, openReason } from "./open-reason.ts";

/** One setting of one request: where it is, whether it applies, and the value that is there. */
export interface Reading {
  readonly compiled: CompiledSetting;
  /** API spelling with concrete indexes; `[]` where the list has no element for it. */
  readonly path: string;
  readonly value: Json | undefined;
  /** Why it does not apply; absent where it does. */
  readonly off: Reason | undefined;
  /** Why it cannot be read: an expression that is not resolved yet, an unexpected shape, or a list that is too long. */
  readonly open: Reason | undefined;
  /** The request and the list elements on the way to the setting; paths begin at one of them. */
  readonly nodes: Nodes;
}

/** No list of SageMaker's that leads to a key takes as many elements (API Reference). A longer one is not read. */
export const MAX_ELEMENTS = 1_000;

/**
 * Reads every setting of an operation out of a request or a Describe answer, in the catalogue's order; never throws.
 * `expressions`: the request may hold unresolved ones, which only a pipeline's steps and templates do.
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

/** Reads a setting in each element of the next list on its path, or in the list that has no element for it. */
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

/** The setting's path, or that of one of its lists, from the element at `at` on. */
function boundText(compiled: CompiledSetting, level: number, at: string, path = compiled.setting.path): string {
  return at + path.slice(compiled.lists[level - 1]?.pattern.length ?? 0);
}

/** The elements of a list; of one that is not resolved yet, the expression for all of them. */
function elementsOf(list: Json | undefined): readonly (Json | undefined)[] {
  if (Array.isArray(list)) return list;
  return whyUnresolved(list) === undefined ? [] : [list];
}

/** The path of a list rather than of its elements. */
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
  // Most settings have their key or lack the structure around it: nothing else can be open in those.
  const isPlain = off === undefined ? typeof value === "string" : off.code === "member-absent";
  const open =
    expressions || !isPlain
      ? openReason(compiled, nodes, value)
      : value === undefined
        ? oddShape(compiled, nodes)
        : undefined;
  return { compiled, path, value, off, open, nodes };
}

/** A list without a fitting element switches the setting off, unless the element's very absence is the finding. */
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
  const open = expressions || off === undefined ? openReason(compiled, nodes, undefined) : oddShape(compiled, nodes);
  return { compiled, path, value: undefined, off, open, nodes };
}

const tooLong = (compiled: CompiledSetting, nodes: Nodes, list: string): Reading => ({
  compiled,
  path: list,
  value: undefined,
  off: undefined,
  open: { code: "too-many-elements", path: list, max: MAX_ELEMENTS },
  nodes,
});

/** Whether another member of the same request names the key instead. */
export const hasTwin = ({ compiled, nodes }: Reading): boolean =>
  compiled.twin !== undefined && firstAt(nodes, compiled.twin) !== undefined;

/** Whether the request names a resource that holds the setting instead. */
export const isElsewhere = ({ compiled, nodes }: Reading): boolean =>
  compiled.elsewhere !== undefined && firstAt(nodes, compiled.elsewhere) !== undefined;

/** The S3 locations that a key of this setting is used for: strings, and values that are not resolved yet. */
export function outputsOf({ compiled, nodes }: Reading): Json[] {
  const uris: Json[] = [];
  for (const path of compiled.outputs) {
    visitAt(nodes, path, (value) => {
      if (knownStart(value) !== undefined) uris.push(value);
    });
  }
  return uris;
}
