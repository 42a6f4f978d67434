import { isObject } from "../core/model/member.ts";
import type { Store } from "../ports/store.ts";

/** The progress of a sweep, so that another run can continue it. */
export interface Checkpoint {
  readonly startedAt: string;
  readonly listing: number;
  readonly filter: number;
  readonly token?: string;
  readonly looked: number;
  readonly missed: number;
}

/** After this time a checkpoint's page token is no longer valid, and the resources may have changed. */
const STALE_MS = 20 * 3_600_000;

/** The checkpoint of a Region's unfinished sweep, in the ledger's bucket. */
export function createCheckpoints(store: Store, region: string, now: () => Date) {
  const key = `sweeps/${region}.json`;
  let etag: string | undefined;
  return {
    /**
     * The place to continue; undefined where the last sweep was finished, or the checkpoint is too old or cannot be
     * read.
     */
    async load(): Promise<Checkpoint | undefined> {
      const read = await store.read(key);
      if (read.is !== "found") return undefined;
      etag = read.etag;
      return isCheckpoint(read.value) && now().getTime() - Date.parse(read.value.startedAt) < STALE_MS
        ? read.value
        : undefined;
    },
    /**
     * Writes the checkpoint; `undefined` after the sweep is finished. After a failed write the next run repeats more
     * pages.
     */
    async save(checkpoint: Checkpoint | undefined): Promise<void> {
      const value = checkpoint ?? { finished: now().toISOString() };
      const written = etag === undefined ? await store.create(key, value) : await store.replace(key, value, etag);
      if (written.is === "written") etag = written.etag;
    },
  };
}

const isCheckpoint = (value: unknown): value is Checkpoint =>
  isObject(value) && typeof value.startedAt === "string" && typeof value.listing === "number";
