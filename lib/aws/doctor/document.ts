import { isObject } from "../../core/model/member.ts";
import type { PolicyDocument } from "../../doctor/policy-document.ts";

/** A policy from its text; undefined where there is none. */
export function documentOf(text: string | undefined): PolicyDocument | undefined {
  if (!text) return undefined;
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : undefined;
}
