import { isObject } from "../core/model/member.ts";
import { isMode, type Mode } from "../policy/mode.ts";

/** The object in the ledger's bucket that says which mode and which policy are in force. */
export const CONTROL_KEY = "control/current.json";

/** What was in force before: one object for each change, in order. */
export const changeKey = (revision: number): string => `control/changes/${String(revision).padStart(6, "0")}.json`;

/** A policy, by its version. It never changes. */
export const policyKey = (version: string): string => `control/policies/${version}.json`;

/** Far more than a policy of 256 KiB needs as JSON, text and value. */
export const MAX_CONTROL_BYTES = 2 * 1024 * 1024;

/** The control object (docs/operating.md). Somebody may write it by hand. */
export interface Control {
  /** The switch: it overrides the mode that is the stack's parameter. */
  readonly mode?: Mode;
  /** Without it, the policy that is built into the function is in force. */
  readonly policyVersion?: string;
  readonly by?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly because?: string;
  /** Counts the changes. What was written by hand may have none. */
  readonly revision?: number;
  /** Stops that have waited since before this time are cancelled. ISO 8601. */
  readonly cancelledBefore?: string;
}

/** Written without a schema's library: the function reads this before any event, and loads nothing for it. */
const IS_MEMBER: { readonly [Member in keyof Required<Control>]: (value: unknown) => boolean } = {
  mode: isMode,
  policyVersion: (value) => typeof value === "string" && /^[0-9a-f]{12}$/.test(value),
  by: (value) => typeof value === "string",
  at: (value) => typeof value === "string",
  because: (value) => typeof value === "string",
  revision: (value) => Number.isInteger(value) && Number(value) >= 1,
  cancelledBefore: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
};

/**
 * Parses the value of the control object; undefined where it is not one. A member that is not known is left out: a newer
 * Keyward may have written it. Never throws.
 */
export function parseControl(value: unknown): Control | undefined {
  if (!isObject(value)) return undefined;
  const members = Object.entries(IS_MEMBER).filter(([member]) => value[member] !== undefined);
  if (!members.every(([member, isValid]) => isValid(value[member]))) return undefined;
  return Object.fromEntries(members.map(([member]) => [member, value[member]]));
}

/** A pushed policy as it is stored: its value for the function, and its file's text for people. */
export interface StoredPolicy {
  readonly policy: unknown;
  readonly text: string;
}
