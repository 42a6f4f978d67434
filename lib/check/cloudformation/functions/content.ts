import { defined } from "../../../core/model/defined.ts";
import type { Json } from "../../../core/model/json.ts";
import type { UnresolvedPlace } from "../../model/subject.ts";
import type { Value } from "./value.ts";

/** What a request has of an evaluated value. */
export interface Content {
  /** Undefined if the value is absent. */
  readonly value: Json | undefined;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
  /** The template's keys in the value: the name that the value has for each, with the template's text for it. */
  readonly ownKeys: ReadonlyMap<string, string>;
}

interface Collected {
  readonly unresolvedPlaces: UnresolvedPlace[];
  readonly ownKeys: Map<string, string>;
}

export function contentOf(value: Value): Content {
  const collected: Collected = { unresolvedPlaces: [], ownKeys: new Map() };
  return { value: jsonOf(value, "", collected), ...collected };
}

function jsonOf(value: Value, path: string, collected: Collected): Json | undefined {
  switch (value.is) {
    case "absent":
      return undefined;
    case "scalar":
      for (const { name, written } of value.keys ?? []) collected.ownKeys.set(name, written);
      return value.value;
    case "unresolved": {
      const { text, expression, reason, isListable, keys = [] } = value;
      for (const { name, written } of keys) collected.ownKeys.set(name, written);
      collected.unresolvedPlaces.push({ path, expression, reason, ...defined({ isListable }) });
      // An unresolved value in a text that the template writes as an object has its own path.
      if (value.inside) jsonOf(value.inside, path, collected);
      return text;
    }
    case "list":
      return value.elements.map((element, i) => jsonOf(element, `${path}[${i}]`, collected) ?? null);
    case "object":
      return Object.fromEntries(
        [...value.members].flatMap(([name, member]) => {
          const json = jsonOf(member, path === "" ? name : `${path}.${name}`, collected);
          return json === undefined ? [] : [[name, json]];
        }),
      );
    default:
      return value satisfies never;
  }
}
