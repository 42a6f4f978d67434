import type { Reason } from "../core/model/reason.ts";
import type { Mode } from "../policy/mode.ts";
import { type Policy, parsePolicy } from "../policy/schema.ts";
import { versionOf } from "../policy/version.ts";
import type { ConditionalReads, Store } from "../ports/store.ts";
import {
  CONTROL_KEY,
  type Control,
  changeKey,
  MAX_CONTROL_BYTES,
  parseControl,
  policyKey,
  type StoredPolicy,
} from "./control-object.ts";

export type ControlStore = Store & ConditionalReads;

/** Who changes what is in force, when and why. */
export interface Author {
  readonly by: string;
  readonly at: Date;
  readonly because: string;
}

export type Changed =
  | { readonly is: "changed"; readonly from: Control | undefined; readonly to: Control }
  /** Somebody else changed it at the same time, and nothing was changed here. */
  | { readonly is: "conflict" }
  | { readonly is: "fault"; readonly reason: Reason };

export type Fault = Extract<Changed, { is: "fault" }>;

interface Current {
  readonly is: "current";
  /** Undefined where nothing was ever changed. */
  readonly control: Control | undefined;
  readonly etag: string | undefined;
}

/** Reads what was last switched and pushed. */
export async function readControl(store: ControlStore): Promise<Current | Fault> {
  const found = await store.readUnless(undefined, CONTROL_KEY, MAX_CONTROL_BYTES);
  if (found.is === "unavailable") return { is: "fault", reason: found.reason };
  if (found.is !== "found") return { is: "current", control: undefined, etag: undefined };
  const control = parseControl(found.value);
  return control ? { is: "current", control, etag: found.etag } : { is: "fault", reason: { code: "control-invalid" } };
}

/**
 * Switches the mode. A switch to `observe` or `off` cancels the stops that wait; a later switch to `enforce` does not
 * take them up again.
 */
export const switchMode = (store: ControlStore, mode: Mode, author: Author): Promise<Changed> =>
  change(store, author, (control) => ({
    ...control,
    mode,
    ...(mode === "enforce" ? {} : { cancelledBefore: author.at.toISOString() }),
  }));

/** Stores a policy under its version, and puts it in force. `text`: the policy's file, for people. */
export async function pushPolicy(store: ControlStore, policy: Policy, text: string, author: Author): Promise<Changed> {
  const policyVersion = versionOf(policy);
  const stored = await store.create(policyKey(policyVersion), { policy, text } satisfies StoredPolicy);
  if (stored.is === "unavailable") return { is: "fault", reason: stored.reason };
  return putInForce(store, policyVersion, author);
}

/** Puts a policy that was pushed before in force again; without a version the built-in one. */
export async function putInForce(store: ControlStore, version: string | undefined, author: Author): Promise<Changed> {
  if (version !== undefined) {
    const pushed = await readPushed(store, version);
    if (pushed.is === "fault") return pushed;
  }
  return change(store, author, ({ policyVersion: _, ...control }) =>
    version === undefined ? control : { ...control, policyVersion: version },
  );
}

export interface Pushed {
  readonly is: "pushed";
  readonly policy: Policy;
  readonly text: string;
}

/** A policy that was pushed, by its version. */
export async function readPushed(store: ControlStore, version: string): Promise<Pushed | Fault> {
  const found = await store.readUnless(undefined, policyKey(version), MAX_CONTROL_BYTES);
  if (found.is === "unavailable") return { is: "fault", reason: found.reason };
  if (found.is !== "found") return { is: "fault", reason: { code: "policy-absent" } };
  const { policy, text } = (found.value ?? {}) as Partial<StoredPolicy>;
  const parsed = parsePolicy(policy);
  if (!parsed.ok || typeof text !== "string") return { is: "fault", reason: { code: "policy-invalid" } };
  return { is: "pushed", policy: parsed.policy, text };
}

/** The changes, the latest first; at most so many. */
export async function readHistory(store: ControlStore, max: number): Promise<readonly Control[] | Fault> {
  const current = await readControl(store);
  if (current.is === "fault") return current;
  if (!current.control) return [];
  const changes = [current.control];
  const last = await lastRevision(store, current.control);
  for (let revision = last - 1; revision > 0 && changes.length < max; revision--) {
    const found = await store.readUnless(undefined, changeKey(revision), MAX_CONTROL_BYTES);
    if (found.is === "unavailable") return { is: "fault", reason: found.reason };
    const control = found.is === "found" ? parseControl(found.value) : undefined;
    if (control) changes.push(control);
  }
  return changes;
}

/** What is in force now is recorded before it is replaced, so that an interruption leaves no gap. */
async function change(store: ControlStore, author: Author, edit: (control: Control) => Control): Promise<Changed> {
  const current = await readControl(store);
  if (current.is === "fault") return current;
  const { control, etag } = current;
  const revision = control ? await lastRevision(store, control) : 0;
  if (control) {
    const recorded = await store.create(changeKey(revision), { ...control, revision });
    if (recorded.is === "unavailable") return { is: "fault", reason: recorded.reason };
  }
  const { by, at, because } = author;
  const to: Control = { ...edit(control ?? {}), by, at: at.toISOString(), because, revision: revision + 1 };
  const written = await (etag === undefined ? store.create(CONTROL_KEY, to) : store.replace(CONTROL_KEY, to, etag));
  if (written.is === "unavailable") return { is: "fault", reason: written.reason };
  return written.is === "written" ? { is: "changed", from: control, to } : { is: "conflict" };
}

/** The revision of the control object. One that was written by hand may have none: it comes after the recorded ones. */
async function lastRevision(store: ControlStore, { revision }: Control): Promise<number> {
  if (revision !== undefined) return revision;
  let next = 1;
  while ((await store.readUnless(undefined, changeKey(next), MAX_CONTROL_BYTES)).is === "found") next++;
  return next;
}
