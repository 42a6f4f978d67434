import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { UnresolvedPlace } from "../model/subject.ts";
import type { AttributePath, Source } from "./configuration.ts";
import { memberOf, type TerraformType } from "./types.ts";

export interface RequestSource {
  readonly type: TerraformType;
  /** The paths of the API's lists, as in the catalogue. */
  readonly lists: ReadonlySet<string>;
  readonly values: JsonObject;
  readonly unknown: JsonObject;
  readonly sourceOf: (attribute: AttributePath) => Source;
}

export interface TerraformRequest {
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /** The keys that the plan creates, in the request's name for each, with the expression that gives it. */
  readonly createdKeys: ReadonlyMap<string, string>;
  /** Each text in the request, once. */
  readonly texts: ReadonlySet<string>;
}

interface Context extends RequestSource {
  readonly unresolvedPlaces: UnresolvedPlace[];
  readonly createdKeys: Map<string, string>;
  readonly texts: Set<string>;
}

/** A place in the plan, and the same place in the request. */
interface At {
  readonly attribute: AttributePath;
  /** API spelling with concrete indexes. */
  readonly path: string;
}

/**
 * Makes the request of the call that would create the resource. A structure, which Terraform writes as a list of one block,
 * becomes a structure. A value that is not set, or that only the provider computes, is left out.
 */
export function requestOf(source: RequestSource): TerraformRequest {
  const context: Context = { ...source, unresolvedPlaces: [], createdKeys: new Map(), texts: new Set() };
  const request = objectOf(source.values, source.unknown, { attribute: [], path: "" }, context);
  return { ...context, request };
}

function objectOf(values: JsonObject, unknown: Json | undefined, at: At, context: Context): JsonObject {
  const unknownValues = isObject(unknown) ? unknown : {};
  const names = [...new Set([...Object.keys(values), ...Object.keys(unknownValues)])];
  const members = names.flatMap((name): [string, Json][] => {
    const member = isInMap(at, context) ? name : (at.path === "" && context.type.renamed?.[name]) || memberOf(name);
    const inner: At = {
      attribute: [...at.attribute, name],
      path: at.path === "" ? member : `${at.path}.${member}`,
    };
    const value = valueAt(values[name] ?? null, unknownValues[name], inner, context);
    return value === undefined ? [] : [[member, value]];
  });
  return Object.fromEntries(members);
}

const isInMap = ({ attribute: [first] }: At, { type }: Context): boolean =>
  typeof first === "string" && type.maps?.includes(first) === true;

function valueAt(value: Json, unknown: Json | undefined, at: At, context: Context): Json | undefined {
  if (unknown === true) return unknownValue(at, context);
  if (isObject(value)) return objectOf(value, unknown, at, context);
  if (Array.isArray(value)) return listOf(value, unknown, at, context);
  if (Array.isArray(unknown)) return listOf([], unknown, at, context);
  // A state has an empty text where an attribute is not set.
  if (value === null || value === "") return undefined;
  if (typeof value === "string") context.texts.add(value);
  return value;
}

/** A list of the API, or the one block of a structure. */
function listOf(list: readonly Json[], unknown: Json | undefined, at: At, context: Context): Json | undefined {
  const unknownValues = Array.isArray(unknown) ? unknown : [];
  const count = Math.max(list.length, unknownValues.length);
  const element = (i: number, path: string) =>
    valueAt(list[i] ?? null, unknownValues[i], { attribute: [...at.attribute, i], path }, context);
  const isList = context.lists.has(at.path.replace(/\[\d+\]/g, "[]"));
  const isBlock = [...list, ...unknownValues].some(isObject);
  if (!isList && (isBlock || count === 0)) return count === 0 ? undefined : element(0, at.path);
  return Array.from({ length: count }, (_, i) => element(i, `${at.path}[${i}]`) ?? null);
}

/** What stands in the request for a value that is known after the apply. */
function unknownValue({ attribute, path }: At, context: Context): Json | undefined {
  const source = context.sourceOf(attribute);
  switch (source.is) {
    case "not-configured":
      return undefined;
    case "own-key": {
      const name = `key-of-this-plan-${source.expression.replace(/[^\w-]/g, "-").slice(0, 64)}`;
      context.createdKeys.set(name, source.expression);
      return name;
    }
    case "dynamic":
      return leaveOpen(path, "", { code: "dynamic-block", attribute: String(attribute[0]) }, context);
    case "unresolved": {
      const { expression = "" } = source;
      return leaveOpen(path, expression, { code: "known-after-apply", expression: expression || null }, context);
    }
    default:
      return source satisfies never;
  }
}

function leaveOpen(path: string, expression: string, reason: Reason, { unresolvedPlaces }: Context): Json {
  unresolvedPlaces.push({ path, expression, reason });
  return expression;
}
