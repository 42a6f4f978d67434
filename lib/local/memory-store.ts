import type { ConditionalReads, Store, Written } from "../ports/store.ts";

/** A store in memory, for replays without a bucket. It ends with the process. */
export function memoryStore(now: () => Date): Store & ConditionalReads {
  const objects = new Map<string, { readonly text: string; readonly etag: string; readonly writtenAt: Date }>();
  let writes = 0;
  const write = (key: string, value: object): Written => {
    const etag = String(++writes);
    const at = now();
    objects.set(key, { text: JSON.stringify(value), etag, writtenAt: at });
    return { is: "written", etag, at };
  };
  const read: Store["read"] = async (key) => {
    const found = objects.get(key);
    if (!found) return { is: "absent" };
    const { text, etag, writtenAt } = found;
    return { is: "found", value: JSON.parse(text), etag, at: now(), writtenAt };
  };
  return {
    create: async (key, value) => (objects.has(key) ? { is: "refused" } : write(key, value)),
    replace: async (key, value, etag) => (objects.get(key)?.etag === etag ? write(key, value) : { is: "refused" }),
    read,
    readUnless: async (etag, key) => {
      const found = await read(key);
      return found.is === "found" && found.etag === etag ? { is: "unchanged" } : found;
    },
  };
}
