import type { Condition } from "../../lib/catalogue/condition.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { type Binding, select } from "./select.ts";

/** Whether a condition of the catalogue is true of a request. */
export function holds(condition: Condition, request: JsonObject, binding: Binding): boolean {
  const found = select(request, condition.path, binding);
  switch (condition.is) {
    case "present":
      return found.length > 0;
    case "equals":
      return found.some(({ value }) => value === condition.value);
    case "not":
      return !found.some(({ value }) => value === condition.value);
    case "lacking-in-some": {
      const list = condition.path.slice(0, condition.path.lastIndexOf("[]") + 2);
      const elements = select(request, list, binding).length;
      return elements === 0 || found.length < elements;
    }
    default:
      return condition satisfies never;
  }
}
