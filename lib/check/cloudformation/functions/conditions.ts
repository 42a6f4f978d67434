import type { Json } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Value } from "./value.ts";

/** As many conditions may depend on each other. Many more would overflow the stack, and then nothing in the file is judged. */
const MAX_DEPTH = 200;

/**
 * Decides a condition of the template for this run. Undefined if it cannot be: the template lacks it, it depends on itself,
 * too many depend on each other, or nothing is picked.
 */
export function isTrue(name: string, evaluation: Evaluation): boolean | undefined {
  const { scope, conditions } = evaluation;
  if (conditions.has(name)) return conditions.get(name);
  if (!Object.hasOwn(scope.conditions, name)) return undefined;
  if (evaluation.deciding.size === MAX_DEPTH) return undefined;
  conditions.set(name, undefined);
  evaluation.deciding.add(name);
  const decided = decide(scope.conditions[name] ?? null, evaluation);
  evaluation.deciding.delete(name);
  conditions.set(name, decided);
  return decided;
}

/** Decides a condition on which a value of the resource depends, so a finding may name it. */
export function decideFor(name: string, evaluation: Evaluation): boolean | undefined {
  const is = isTrue(name, evaluation);
  if (is !== undefined) evaluation.usedConditions.set(name, { condition: name, is });
  return is;
}

function decide(node: Json, evaluation: Evaluation): boolean | undefined {
  if (!isObject(node)) return undefined;
  const [name, argument = null] = Object.entries(node)[0] ?? [];
  if (name === "Condition") return typeof argument === "string" ? isTrue(argument, evaluation) : undefined;
  if (!Array.isArray(argument)) return undefined;
  switch (name) {
    case "Fn::Not":
      return not(decide(argument[0] ?? null, evaluation));
    case "Fn::And":
      return not(anyOf(argument, (one) => not(decide(one, evaluation))));
    case "Fn::Or":
      return anyOf(argument, (one) => decide(one, evaluation));
    case "Fn::Equals":
      return areEqual(argument, evaluation);
    default:
      return undefined;
  }
}

const not = (is: boolean | undefined): boolean | undefined => (is === undefined ? undefined : !is);

/** True if one is true; undefined if none is, and one is not known. */
function anyOf(nodes: readonly Json[], is: (node: Json) => boolean | undefined): boolean | undefined {
  let known: boolean | undefined = false;
  for (const node of nodes) {
    const one = is(node);
    if (one) return true;
    if (one === undefined) known = undefined;
  }
  return known;
}

function areEqual([left = null, right = null]: readonly Json[], evaluation: Evaluation): boolean | undefined {
  const one = evaluation.evaluate(left, [], evaluation);
  const other = evaluation.evaluate(right, [], evaluation);
  if (one.is === "scalar" && other.is === "scalar") return String(one.value) === String(other.value);
  if (excludes(one, other) || excludes(other, one)) return false;
  // The order of the two makes no difference.
  const [first, second] = [left, right].map((side) => JSON.stringify(side)).sort();
  return first === second || evaluation.pick?.(`equal ${first} ${second}`, [true, false]);
}

/** True if a value is a parameter's that is known to be none of its named values, and the other is one of these. */
const excludes = (value: Value, other: Value): boolean =>
  value.is === "unresolved" && other.is === "scalar" && value.noneOf?.includes(String(other.value)) === true;
