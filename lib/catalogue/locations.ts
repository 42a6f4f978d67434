import { judgedOperations } from "./operations.ts";
import type { Locations, Operation } from "./vocabulary.ts";

/** Where each operation's request names places in S3, by operation; a test holds them against the SDK's schemas. */
export const locations: Readonly<Record<string, Locations>> = Object.fromEntries(
  judgedOperations.flatMap((row: Partial<Operation>) =>
    row.operation !== undefined && row.locations ? [[row.operation, row.locations]] : [],
  ),
);
