import { kinds } from "./kinds.ts";
import { operationRows } from "./rows.ts";
import type { FollowedOperation, Kind, Operation } from "./vocabulary.ts";

/**
 * Which resources hold settings that other events are judged by: what a request refers to (an endpoint to its
 * configuration), what is started again (a notebook), and what starts others on a schedule or from a definition.
 */
const rows: readonly (Operation | FollowedOperation)[] = operationRows;

const kindByDescribe = new Map<string, string>(
  (kinds as readonly Kind[]).map((row) => [row.describe.operation, row.kind]),
);
// The definition is the pipeline's; its execution only runs it.
kindByDescribe.set("DescribePipelineDefinitionForExecution", "pipeline");

const referred = rows.flatMap((row) => ("refersTo" in row ? (row.refersTo ?? []) : []));

const holders = new Set<string | undefined>([
  "pipeline",
  ...referred.flatMap(({ describe, settings }) => (settings.length > 0 ? [kindByDescribe.get(describe)] : [])),
  ...rows.flatMap((row) => ("settingsOf" in row ? [row.kind] : [])),
]);

/** Whether other events can be judged by what a resource of the kind holds. */
export const isHolder = (kind: string): boolean => holders.has(kind);

/** The kind of the resource whose settings a Describe call shows. */
export const holderKindOf = (describe: string): string | undefined => kindByDescribe.get(describe);
