import type { Unavailable } from "./store.ts";

/** Lists the keys of a store under a prefix, all pages. */
export type ListKeys = (
  prefix: string,
) => Promise<{ readonly is: "listed"; readonly keys: readonly string[] } | Unavailable>;
