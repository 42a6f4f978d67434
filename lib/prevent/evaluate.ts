import { parseArn } from "../core/model/arn.ts";
import { matchesPattern } from "../core/model/wildcard.ts";
import type { Context, NotKnown, Value } from "./context.ts";
import { policyPattern } from "./iam-pattern.ts";
import type { Conditions, Operator, Statement } from "./statement.ts";

/** What a document does with a call. `not-known`: it depends on a value that the record does not show. */
export type Effect =
  | { readonly is: "denied"; readonly by: readonly string[] }
  | { readonly is: "allowed" }
  | { readonly is: "not-known"; readonly by: readonly string[]; readonly because: readonly NotKnown[] };

/** A call as IAM sees it. */
export interface Request {
  /** `sagemaker:CreateTrainingJob`. */
  readonly action: string;
  /** The ARN of the resource; `undefined` if the record does not have it. */
  readonly resource: string | undefined;
  readonly context: Context;
}

type Answer = "yes" | "no" | "not-known";

/**
 * Evaluates deny statements for a call: exactly the elements and operators that Keyward's documents use (IAM JSON policy
 * elements: Condition operators). A value that is not known leaves undecided the statements whose other conditions match.
 */
export function evaluate(statements: readonly Statement[], request: Request): Effect {
  const answers = statements.map((statement) => ({ statement, answer: matches(statement, request) }));
  const sids = (wanted: Answer) => answers.flatMap(({ statement, answer }) => (answer === wanted ? [statement] : []));
  const denied = sids("yes");
  if (denied.length > 0) return { is: "denied", by: denied.map(({ sid }) => sid) };
  const open = sids("not-known");
  if (open.length === 0) return { is: "allowed" };
  const because = open.flatMap(({ conditions }) => reasonsOf(conditions, request.context));
  return { is: "not-known", by: open.map(({ sid }) => sid), because: [...new Set(because)] };
}

function matches({ actions, resources, notResources, conditions }: Statement, request: Request): Answer {
  if (!actions.includes(request.action)) return "no";
  return every([
    ...(notResources ? [not(isResource(notResources, request))] : []),
    ...(resources ? [isResource(resources, request)] : []),
    ...Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => matchesCondition(operator as Operator, key, values, request.context)),
    ),
  ]);
}

const every = (answers: readonly Answer[]): Answer =>
  answers.includes("no") ? "no" : answers.includes("not-known") ? "not-known" : "yes";

const not = (answer: Answer): Answer => (answer === "not-known" ? answer : answer === "yes" ? "no" : "yes");

function isResource(patterns: readonly string[], { resource, context }: Request): Answer {
  if (resource === undefined) return "not-known";
  return patterns.some((pattern) => matchesPattern(policyPattern(pattern, accountIn(context)), resource))
    ? "yes"
    : "no";
}

const accountIn = (context: Context): string => {
  const value = context.get("aws:PrincipalAccount");
  return value?.is === "known" ? (value.values[0] ?? "") : "";
};

const ABSENT: Value = { is: "known", values: [] };

function matchesCondition(operator: Operator, key: string, patterns: readonly string[], context: Context): Answer {
  const value = context.get(key) ?? ABSENT;
  if (value.is === "not-known") return "not-known";
  const compiled = patterns.map((pattern) => policyPattern(pattern, accountIn(context)));
  return holds(operator, value.values, compiled) ? "yes" : "no";
}

/** Whether an operator matches; no values: the call does not have the condition key. */
function holds(operator: Operator, values: readonly string[], patterns: readonly string[]): boolean {
  const isText = (value: string) => patterns.some((pattern) => matchesPattern(pattern, value));
  const isLikeArn = (value: string) => patterns.some((pattern) => matchesArn(pattern, value));
  switch (operator) {
    case "Null":
      return patterns.includes(String(values.length === 0));
    case "Bool":
      return values.some((value) => patterns.includes(value));
    case "BoolIfExists":
      return values.length === 0 || values.some((value) => patterns.includes(value));
    case "ArnLike":
      return values.some(isLikeArn);
    case "ArnNotLike":
      return !values.some(isLikeArn);
    case "StringLike":
    case "ForAnyValue:StringLike":
      return values.some(isText);
    case "StringNotLike":
      return !values.some(isText);
    case "ForAllValues:StringLike":
      return values.every(isText);
    case "ForAllValues:StringNotLike":
      return !values.some(isText);
    default:
      return operator satisfies never;
  }
}

/** ARNs are compared part by part: `*` in one part matches no text of the next. */
function matchesArn(pattern: string, value: string): boolean {
  const [wanted, found] = [parseArn(pattern), parseArn(value)];
  if (!wanted || !found) return false;
  return PARTS.every((part) => matchesPattern(wanted[part], found[part]));
}

const PARTS = ["partition", "service", "region", "account", "resource"] as const;

const reasonsOf = (conditions: Conditions, context: Context): NotKnown[] =>
  Object.values(conditions).flatMap((keys) =>
    Object.keys(keys).flatMap((key) => {
      const value = context.get(key);
      return value?.is === "not-known" ? [value.because] : [];
    }),
  );
