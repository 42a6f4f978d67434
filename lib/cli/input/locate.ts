import { isObject } from "../../core/model/member.ts";
import type { Json } from "../../core/model/types.ts";

export interface Located {
  /** As far as the path leads, in the spelling that stands there. */
  readonly at: string;
  /** The step that is not there, where it does not lead all the way. */
  readonly missing?: string;
  /** What stands where it ends. */
  readonly value: Json;
}

/** Where an API path with concrete indexes leads in what a caller sent, whose members may begin in lower case. */
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

/** The member or index that a step names there, as it is spelt there. */
function ownName(node: Json, step: string): string | undefined {
  const spellings = step.startsWith("[") ? [step.slice(1, -1)] : [step, step.charAt(0).toLowerCase() + step.slice(1)];
  const holds = isObject(node) || Array.isArray(node);
  return spellings.find((name) => name !== "" && holds && Object.hasOwn(node, name));
}
