import { judgedOperations } from "./operations.ts";
import type { Locations, Operation } from "./vocabulary.ts";

/**
 * Beside an input location: the hub content that the data belongs to (API Reference of InferenceHubAccessConfig and
 * HubAccessConfig). Where AWS owns that, the bucket is AWS's own.
 */
export const HUB_CONTENT = "HubAccessConfig.HubContentArn";

/** The paths of S3 locations in each operation's request. A test compares them with the SDK's schemas. */
export const locations: Readonly<Record<string, Locations>> = Object.fromEntries(
  judgedOperations.flatMap((row: Partial<Operation>) =>
    row.operation !== undefined && row.locations ? [[row.operation, row.locations]] : [],
  ),
);
