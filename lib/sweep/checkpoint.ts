import { isObject } from "../core/model/member.ts";
import type { Store } from "../ports/store.ts";
import type { Checkpoint } from "./sweep.ts";

/** A checkpoint's page token is worth nothing after a day, nor is what it has looked at. */
const STALE_MS = 20 * 3_600_000;

/** Where an unfinished sweep of a Region stands, in the ledger's bucket. */
export function createCheckpoints(store: Store, region: string, now: () => Date) {
  const key = `sweeps/${region}.json`;
  let etag: string | undefined;
  return {
    /** Where to go on; undefined where the last sweep was finished, is too old, or cannot be read. */
    async load(): Promise<Checkpoint | undefined> {
      const read = await store.read(key);
      if (read.is !== "found") return undefined;
      etag = read.etag;
      return isCheckpoint(read.value) && now().getTime() - Date.parse(read.value.startedAt) < STALE_MS
        ? read.value
        : undefined;
    },
    /** Writes where it stands; `undefined` once it is finished. What cannot be written only costs a longer way. */
    async save(checkpoint: Checkpoint | undefined): Promise<void> {
      const value = checkpoint ?? { finished: now().toISOString() };
      const written = etag === undefined ? await store.create(key, value) : await store.replace(key, value, etag);
      if (written.is === "written") etag = written.etag;
    },
  };
}

const isCheckpoint = (value: unknown): value is Checkpoint =>
  isObject(value) && typeof value.startedAt === "string" && typeof value.listing === "number";
