import { createHash } from "node:crypto";
import type { Policy } from "./schema.ts";

/** The version of a policy: a digest of its value. Comments and layout of its file do not change it. */
export const versionOf = (policy: Policy): string =>
  createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 12);
