import { createHash } from "node:crypto";
import type { Parents } from "../ports/parents.ts";
import type { Store } from "../ports/store.ts";

/**
 * Claims on parents are objects in the store, one for each parent. The event that writes the object first has the
 * claim.
 */
export function createParents(store: Store, now: () => Date): Parents {
  return {
    async claim(arn, eventID) {
      const key = `parents/${createHash("sha256").update(arn).digest("hex").slice(0, 32)}.json`;
      const written = await store.create(key, { arn, eventID, at: now().toISOString() });
      if (written.is === "written") return { is: "mine" };
      if (written.is === "unavailable") return written;
      const read = await store.read(key);
      if (read.is === "unavailable") return read;
      const by = read.is === "found" ? (read.value as { eventID?: unknown } | null)?.eventID : undefined;
      return typeof by === "string" && by !== eventID ? { is: "other", eventID: by } : { is: "mine" };
    },
  };
}
