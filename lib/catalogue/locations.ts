import { judgedOperations } from "./operations.ts";
import type { Locations, Operation } from "./vocabulary.ts";

/** The paths of S3 locations in each operation's request. A test compares them with the SDK's schemas. */
export const locations: Readonly<Record<string, Locations>> = Object.fromEntries(
  judgedOperations.flatMap((row: Partial<Operation>) =>
    row.operation !== undefined && row.locations ? [[row.operation, row.locations]] : [],
  ),
);
