import type { Reason } from "../core/model/reason.ts";

/** Small JSON objects with conditional writes; the ledger and the limiter keep their state in it. */
export interface Store {
  /** Writes an object that must not exist yet. */
  create(key: string, value: object): Promise<Written>;
  /** Replaces the object if its ETag is still `etag`. */
  replace(key: string, value: object, etag: string): Promise<Written>;
  read(key: string): Promise<Read>;
}

export type Unavailable = { readonly is: "unavailable"; readonly reason: Reason; readonly retryable: boolean };

/** `refused`: the condition is false, because the object already exists or has changed. */
export type Written = { readonly is: "written"; readonly etag: string } | { readonly is: "refused" } | Unavailable;

export type Read =
  | { readonly is: "found"; readonly value: unknown; readonly etag: string }
  | { readonly is: "absent" }
  | Unavailable;
