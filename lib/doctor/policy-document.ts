import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject } from "../core/model/member.ts";
import { matchesPattern } from "../core/model/wildcard.ts";

/** A resource's policy, as its service returns it. */
export type PolicyDocument = JsonObject;

/** One request of an AWS service. `context`: the condition keys whose values are known, in lower case. */
export interface ServiceRequest {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** `unknown`: it depends on a condition that cannot be decided here. */
export type Allowed = "yes" | "no" | "unknown";

/** Whether a resource's policy allows a request (IAM User Guide, "Policy evaluation logic"). Never throws. */
export function allows(policy: PolicyDocument, request: ServiceRequest): Allowed {
  const statements = listOf(policy.Statement).filter(isObject);
  const holding = (effect: string) =>
    statements.filter((one) => one.Effect === effect).map((statement) => applies(statement, request));
  const [denies, grants] = [holding("Deny"), holding("Allow")];
  if (denies.includes("yes")) return "no";
  if (!grants.includes("yes")) return grants.includes("unknown") ? "unknown" : "no";
  return denies.includes("unknown") ? "unknown" : "yes";
}

function applies(statement: JsonObject, { service, action, resource, context }: ServiceRequest): Allowed {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } = statement;
  const names =
    (Principal === undefined ? !isPrincipal(NotPrincipal, service) : isPrincipal(Principal, service)) &&
    (Action === undefined ? !matchesAny(NotAction, action, true) : matchesAny(Action, action, true)) &&
    (Resource === undefined ? !matchesAny(NotResource, resource) : matchesAny(Resource, resource));
  return names ? holds(Condition, context) : "no";
}

const isPrincipal = (principal: Json | undefined, service: string): boolean =>
  isObject(principal)
    ? listOf(principal.Service).some((one) => one === service || one === "*") || listOf(principal.AWS).includes("*")
    : principal === "*";

const matchesAny = (patterns: Json | undefined, value: string, anyCase = false): boolean =>
  listOf(patterns).some((one) =>
    anyCase ? matchesPattern(String(one).toLowerCase(), value.toLowerCase()) : matchesPattern(String(one), value),
  );

/** Every condition of every operator must hold. */
function holds(condition: Json | undefined, context: ServiceRequest["context"]): Allowed {
  if (!isObject(condition)) return "yes";
  const all = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) =>
      holdsOne(operator, values, context[key.toLowerCase()]),
    ),
  );
  if (all.includes("no")) return "no";
  return all.includes("unknown") ? "unknown" : "yes";
}

/** The operators that compare text. `?` in a pattern, and every other operator, is not decided. */
function holdsOne(operator: string, values: Json, actual: string | undefined): Allowed {
  const [, not, exact] = /^(?:String|Arn)(Not)?(Equals|Like)$|^Bool$/.exec(operator) ?? [];
  const decided = operator === "Bool" || exact !== undefined;
  if (!decided || actual === undefined || listOf(values).some((one) => String(one).includes("?"))) return "unknown";
  const isPattern = operator.startsWith("Arn") || exact === "Like";
  const found = listOf(values).some((one) =>
    isPattern ? matchesPattern(String(one), actual) : String(one) === actual,
  );
  return found === (not === undefined) ? "yes" : "no";
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json];
