import { createHash } from "node:crypto";
import type { Policy } from "./schema.ts";

/** The same policy has the same version, wherever it was read from. */
export const versionOf = (policy: Policy): string =>
  createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 12);
