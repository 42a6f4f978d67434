import type { Condition } from "../../catalogue/condition.ts";
import type { Json } from "../model/json.ts";
import { scalar } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import { type BoundPath, firstAt, type Nodes, visitAt } from "./bound-path.ts";
import type { CompiledCondition } from "./compile-settings.ts";

/** The reason why a setting does not apply, from its first condition that is false; `undefined` if it applies. */
export function offReason(when: readonly CompiledCondition[], nodes: Nodes): Reason | undefined {
  for (const compiled of when) {
    if (!holds(compiled, nodes)) return compiled.condition.otherwise ?? unmet(compiled.condition);
  }
  return undefined;
}

function holds({ condition, at, list }: CompiledCondition, nodes: Nodes): boolean {
  switch (condition.is) {
    case "present":
      return firstAt(nodes, at) !== undefined;
    case "equals":
      return hasValue(nodes, at, condition.value);
    case "not":
      return !hasValue(nodes, at, condition.value);
    case "lacking-in-some": {
      const elements = list ? countAt(nodes, list) : 0;
      return elements === 0 || countAt(nodes, at) < elements;
    }
    default:
      return condition satisfies never;
  }
}

function hasValue(nodes: Nodes, path: BoundPath, wanted: string | boolean): boolean {
  let found = false;
  visitAt(nodes, path, (value) => {
    found ||= isEqual(value, wanted);
  });
  return found;
}

function countAt(nodes: Nodes, path: BoundPath): number {
  let count = 0;
  visitAt(nodes, path, () => {
    count++;
  });
  return count;
}

function unmet(condition: Condition): Reason {
  switch (condition.is) {
    case "present":
      return { code: "member-absent", path: condition.path };
    case "equals":
      return { code: "member-is-not", path: condition.path, value: condition.value };
    case "not":
      return { code: "member-is", path: condition.path, value: condition.value };
    case "lacking-in-some":
      return { code: "in-every-element", path: condition.path };
    default:
      return condition satisfies never;
  }
}

/** Most recorders write a flag as a boolean; some write it as a string. */
export const isEqual = (value: Json, wanted: string | boolean): boolean =>
  value === wanted || (typeof wanted === "boolean" && scalar(value).toLowerCase() === String(wanted));
