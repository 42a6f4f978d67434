import { createHash } from "node:crypto";
import type { Store, Unavailable } from "./store.ts";

/** Which event speaks for a parent: one mail and one stop for it, however many children it has. */
export interface Parents {
  /** `other`: an earlier event does already. */
  speakFor(
    arn: string,
    eventID: string,
  ): Promise<{ readonly is: "mine" } | { readonly is: "other"; readonly eventID: string } | Unavailable>;
}

/** Notes in the store, one per parent; the first event that writes it is the one. */
export function createParents(store: Store, now: () => Date): Parents {
  return {
    async speakFor(arn, eventID) {
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
