import type { Store, Written } from "../ports/store.ts";

/** A store in memory, for replays without a bucket. It ends with the process. */
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
