import * as z from "zod/mini";
import { MODES } from "../policy/schema.ts";

/** The object in the ledger's bucket that says which mode and which policy are in force. */
export const CONTROL_KEY = "control/current.json";

/** What was in force before: one object for each change, in order. */
export const changeKey = (revision: number): string => `control/changes/${String(revision).padStart(6, "0")}.json`;

/** A policy, by its version. It never changes. */
export const policyKey = (version: string): string => `control/policies/${version}.json`;

/** Far more than a policy of 256 KiB needs as JSON, text and value. */
export const MAX_CONTROL_BYTES = 2 * 1024 * 1024;

const text = z.optional(z.string());

/** A member that is not known is left out: a newer Keyward may have written it. */
const controlSchema = z.object({
  /** The switch: it overrides the mode that is the stack's parameter. */
  mode: z.optional(z.enum(MODES)),
  /** Without it, the policy that is built into the function is in force. */
  policyVersion: z.optional(z.string().check(z.regex(/^[0-9a-f]{12}$/, "must be the version of a pushed policy"))),
  by: text,
  at: text,
  because: text,
  /** Counts the changes. Somebody who writes the object by hand may leave it out. */
  revision: z.optional(z.int().check(z.minimum(1))),
  /** Stops that have waited since before this time are cancelled. ISO 8601. */
  cancelledBefore: z.optional(z.iso.datetime()),
});

/** The control object (docs/operating.md). */
export type Control = Readonly<z.infer<typeof controlSchema>>;

/** Parses the value of the control object; undefined where it is not one. Never throws. */
export function parseControl(value: unknown): Control | undefined {
  const parsed = controlSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** A pushed policy as it is stored: its value for the function, and its file's text for people. */
export interface StoredPolicy {
  readonly policy: unknown;
  readonly text: string;
}
