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

/** A store that lives as long as the process: for replays without a bucket. */
export function memoryStore(): Store {
  const objects = new Map<string, { readonly text: string; readonly etag: string }>();
  let writes = 0;
  const write = (key: string, value: object): Written => {
    const etag = String(++writes);
    objects.set(key, { text: JSON.stringify(value), etag });
    return { is: "written", etag };
  };
  return {
    create: async (key, value) => (objects.has(key) ? { is: "refused" } : write(key, value)),
    replace: async (key, value, etag) => (objects.get(key)?.etag === etag ? write(key, value) : { is: "refused" }),
    read: async (key) => {
      const found = objects.get(key);
      return found ? { is: "found", value: JSON.parse(found.text), etag: found.etag } : { is: "absent" };
    },
  };
}
