import type { Json } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";

export interface Located {
  /** The part of the path that exists, in the spelling of the event. */
  readonly at: string;
  /** The first step that does not exist, if any. */
  readonly missing?: string;
  /** The value at the end of the existing part. */
  readonly value: Json;
}

/** Follows an API path with concrete indexes in a request. The request's members may begin in lower case. */
export function locate(root: Json, path: string): Located {
  const steps = path.split(".").flatMap((part) => part.split(/(?=\[)/));
  let found: Located = { at: "", value: root };
  for (const step of steps) {
    const name = ownName(found.value, step);
    if (name === undefined) return { ...found, missing: step };
    const at = step.startsWith("[") ? found.at + step : [found.at, name].filter(Boolean).join(".");
    found = { at, value: (found.value as { readonly [member: string]: Json })[name] ?? null };
  }
  return found;
}

/** The member or index of a step, in the spelling of the event. */
function ownName(node: Json, step: string): string | undefined {
  const spellings = step.startsWith("[") ? [step.slice(1, -1)] : [step, step.charAt(0).toLowerCase() + step.slice(1)];
  const holds = isObject(node) || Array.isArray(node);
  return spellings.find((name) => name !== "" && holds && Object.hasOwn(node, name));
}
