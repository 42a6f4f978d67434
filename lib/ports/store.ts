/** Small JSON objects with conditional writes: what the ledger and the limiter stand on. */
export interface Store {
  /** Writes an object that must not be there yet. */
  create(key: string, value: object): Promise<Written>;
  /** Writes over the state that `etag` names, and no other. */
  replace(key: string, value: object, etag: string): Promise<Written>;
  read(key: string): Promise<Read>;
}

export type Unavailable = { readonly is: "unavailable"; readonly because: string; readonly retryable: boolean };

/** `refused`: it was there already, or has changed. */
export type Written = { readonly is: "written"; readonly etag: string } | { readonly is: "refused" } | Unavailable;

export type Read =
  | { readonly is: "found"; readonly value: unknown; readonly etag: string }
  | { readonly is: "absent" }
  | Unavailable;
