import { isObject } from "../core/model/member.ts";
import type { Store } from "../ports/store.ts";

/**
 * The resources that a sweep counts as missed, if no event about them was acted on: those that were created since a time,
 * or none, because Keyward does not act, or because the time is not known.
 */
export type Watch = { readonly is: "since"; readonly since: Date } | { readonly is: "off" };

/** The time in which an event arrives and its resource is tagged. */
const GRACE_MS = 3_600_000;

/** Whether an event about a resource should have been acted on by now. `createdAt`: undefined if it is not known. */
export const isDue = (watch: Watch, createdAt: Date | undefined, now: Date): boolean =>
  watch.is === "since" &&
  createdAt !== undefined &&
  createdAt >= watch.since &&
  now.getTime() - createdAt.getTime() > GRACE_MS;

const OFF: Watch = { is: "off" };

/**
 * Since when a stack has acted on events: the time at which the first sweep after the installation, or after the mode was
 * changed, wrote a note. The time is the store's own. A role that may not list cannot see whether the note exists, so
 * it is first created on the condition that it does not.
 */
export async function findWatch(store: Store, stackId: string, mode: string): Promise<Watch> {
  const key = `installations/${stackId.split("/").at(-1)}.json`;
  const sinceWrite = (at: Date): Watch => (mode === "enforce" ? { is: "since", since: at } : OFF);
  const created = await store.create(key, { mode });
  if (created.is === "written") return sinceWrite(created.at);
  const read = await store.read(key);
  if (read.is !== "found") return OFF;
  if (isObject(read.value) && read.value.mode === mode) return sinceWrite(read.writtenAt);
  const changed = await store.replace(key, { mode }, read.etag);
  return changed.is === "written" ? sinceWrite(changed.at) : OFF;
}
