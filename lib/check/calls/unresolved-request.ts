import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { UnresolvedPlace } from "../model/subject.ts";

/** How a document writes values that are known only when the call is made. `none`: it has no such values. */
export type QueryLanguage = "JSONPath" | "JSONata" | "none";

/** The reason why a placeholder, `${Name}`, has no value; by its inner text. */
export type PlaceholderReasons = (inner: string) => Reason | undefined;

export interface UnresolvedRequest {
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
}

interface Context {
  readonly language: QueryLanguage;
  readonly reasonOf: PlaceholderReasons;
  readonly unresolvedPlaces: UnresolvedPlace[];
}

/**
 * Makes a request of the parameters of a call. A value that is not known yet keeps its expression, and its path becomes an
 * unresolved place. Source: Amazon States Language, "Payload Template" (members that end in `.$`) and "JSONata String".
 */
export function unresolvedRequest(
  parameters: Json,
  language: QueryLanguage,
  reasonOf: PlaceholderReasons,
): UnresolvedRequest {
  const context: Context = { language, reasonOf, unresolvedPlaces: [] };
  const request = withoutExpressions(parameters, "", context);
  return { request: isObject(request) ? request : {}, unresolvedPlaces: context.unresolvedPlaces };
}

/** `!GetAtt Key.Arn` is about the placeholder `${Key.Arn}`, whose inner text is `Key.Arn`. */
export const isAbout = ({ expression }: UnresolvedPlace, inner: string): boolean =>
  expression === `\${${inner}}` || expression.endsWith(` ${inner}`);

/** A request of which nothing is known. */
export const unknownRequest = (expression: string, reason: Reason): UnresolvedRequest => ({
  request: {},
  unresolvedPlaces: [{ path: "", expression, reason }],
});

function withoutExpressions(value: Json, path: string, context: Context): Json {
  if (typeof value === "string") return textOf(value, path, context);
  if (Array.isArray(value))
    return value.map((element: Json, i) => withoutExpressions(element, `${path}[${i}]`, context));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => memberOf(name, inner, path, context)));
}

function memberOf(name: string, value: Json, path: string, context: Context): [string, Json] {
  const isExpression = context.language === "JSONPath" && name.endsWith(".$");
  const member = isExpression ? name.slice(0, -2) : name;
  const inner = path === "" ? member : `${path}.${member}`;
  return isExpression
    ? [member, knownAtRun(typeof value === "string" ? value : "$", inner, context)]
    : [member, withoutExpressions(value, inner, context)];
}

const JSONATA = /^\{%[\s\S]*%\}$/;

function textOf(text: string, path: string, context: Context): Json {
  if (context.language === "JSONata" && JSONATA.test(text)) return knownAtRun(text, path, context);
  const value = text.replace(OWN_ALIAS, "$1");
  const [whole, inner = ""] = PLACEHOLDER.exec(value) ?? [];
  if (whole === undefined) return value;
  const reason = context.reasonOf(inner.trim()) ?? { code: "placeholder-open", expression: whole };
  context.unresolvedPlaces.push({ path, expression: value, reason });
  return value;
}

const PLACEHOLDER = /\$\{([^{}]*)\}/;
const PART = String.raw`(?:[\w-]*|\$\{[^{}]*\})`;
/** An alias of the account in which the template is deployed; one that AWS manages is the same in every account. */
const OWN_ALIAS = new RegExp(
  String.raw`^arn:${PART}:kms:${PART}:(?:\$\{AWS::AccountId\}:(?=alias/)|${PART}:(?=alias/aws/))(alias/[^${"$"}{}]+)$`,
);

function knownAtRun(expression: string, path: string, { unresolvedPlaces }: Context): Json {
  unresolvedPlaces.push({ path, expression, reason: { code: "known-at-run", expression } });
  return expression;
}
