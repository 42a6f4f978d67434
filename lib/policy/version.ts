import { createHash } from "node:crypto";
import type { Policy } from "./schema.ts";

/** A digest of the policy. The same policy has the same version, whatever its file. */
export const versionOf = (policy: Policy): string =>
  createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 12);
