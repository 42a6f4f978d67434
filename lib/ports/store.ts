import type { Reason } from "../core/model/reason.ts";

/** Small JSON objects with conditional writes; the ledger and the limiter keep their state in it. */
export interface Store {
  /** Writes an object that must not exist yet. */
  create(key: string, value: object): Promise<Written>;
  /** Replaces the object if its ETag is still `etag`. */
  replace(key: string, value: object, etag: string): Promise<Written>;
  read(key: string): Promise<Read>;
}

/** A store whose objects can be read again cheaply. */
export interface ConditionalReads {
  /** Reads the object, unless its ETag is still `etag`; without one it reads it in any case. `maxBytes`: refuses a larger one. */
  readUnless(etag: string | undefined, key: string, maxBytes?: number): Promise<Read | { readonly is: "unchanged" }>;
}

export type Unavailable = { readonly is: "unavailable"; readonly reason: Reason; readonly retryable: boolean };

/**
 * `refused`: the condition is false, because the object already exists or has changed. `at`: the time of the store, which
 * no container's clock can change.
 */
export type Written =
  | { readonly is: "written"; readonly etag: string; readonly at: Date }
  | { readonly is: "refused" }
  | Unavailable;

export type Read =
  /** `at` and `writtenAt`: the time of the store now, and when the object was written. */
  | {
      readonly is: "found";
      readonly value: unknown;
      readonly etag: string;
      readonly at: Date;
      readonly writtenAt: Date;
    }
  | { readonly is: "absent" }
  | Unavailable;
