/** The elements of IAM's policy language that Keyward's documents use, and no others: the evaluator knows these only. */

export type Operator =
  | "Null"
  | "Bool"
  | "BoolIfExists"
  | "ArnLike"
  | "ArnNotLike"
  | "StringLike"
  | "StringNotLike"
  | "ForAllValues:StringLike"
  | "ForAnyValue:StringLike"
  | "ForAllValues:StringNotLike";

/** Operator, condition key, values. All operators and all keys must match; of a key's values, one (for `Not…`, none). */
export type Conditions = { readonly [O in Operator]?: Readonly<Record<string, readonly string[]>> };

/** A deny statement. Every statement of Keyward's denies. */
export interface Statement {
  readonly sid: string;
  /** The statement is for a resource control policy, which needs a principal. */
  readonly principal?: "*";
  readonly actions: readonly string[];
  /** It lists every action that can have one of its condition keys, so that naming all actions denies the same. */
  readonly isWhole?: true;
  /** Default: every resource. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: Conditions;
}

const NEGATED: readonly Operator[] = ["ArnNotLike", "StringNotLike", "ForAllValues:StringNotLike"];

/**
 * Conditions that match where all of the given ones match. Throws if two of them have different values for one operator
 * and key, unless the operator is negated: then none of all values may match.
 */
export function allOf(...parts: readonly Conditions[]): Conditions {
  const merged: { [O in Operator]?: Record<string, readonly string[]> } = {};
  for (const part of parts) {
    for (const [name, keys] of Object.entries(part)) {
      const operator = name as Operator;
      merged[operator] = mergeKeys(operator, merged[operator] ?? {}, keys);
    }
  }
  return merged;
}

function mergeKeys(
  operator: Operator,
  known: Readonly<Record<string, readonly string[]>>,
  added: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const merged = { ...known };
  for (const [key, values] of Object.entries(added)) {
    const before = merged[key];
    if (before && !NEGATED.includes(operator) && before.join() !== values.join()) {
      throw new Error(`${operator} of ${key} has two lists of values`);
    }
    merged[key] = before ? [...new Set([...before, ...values])] : values;
  }
  return merged;
}

/**
 * How actions are written. `short`: all of SageMaker's, where the statement is whole. A call without the condition key
 * does not match it.
 */
export type Naming = "each" | "short";

/** A statement as JSON. A list of one value is written as the value, which is shorter. */
function toJson(statement: Statement, naming: Naming): object {
  const { sid, principal, resources, notResources, conditions } = statement;
  const actions = naming === "short" && statement.isWhole ? ["sagemaker:*"] : statement.actions;
  const written = Object.entries(conditions).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, oneOrMany(values)])),
  ]);
  return {
    Sid: sid,
    Effect: "Deny",
    ...(principal && { Principal: principal }),
    Action: oneOrMany(actions),
    ...(notResources ? { NotResource: oneOrMany(notResources) } : { Resource: oneOrMany(resources ?? ["*"]) }),
    ...(written.length > 0 && { Condition: Object.fromEntries(written) }),
  };
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? "") : values;

/** The document that holds the statements, without white space. */
export const documentOf = (statements: readonly Statement[], naming: Naming = "each"): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map((statement) => toJson(statement, naming)) });
