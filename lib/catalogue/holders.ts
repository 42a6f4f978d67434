import { kinds } from "./kinds.ts";
import { operationRows } from "./rows.ts";
import type { FollowedOperation, Kind, Operation } from "./vocabulary.ts";

/**
 * The kinds of resource whose settings decide about other events: a resource that a request refers to (an endpoint's
 * configuration), one that is started again (a notebook), and one that starts others on a schedule or by a definition.
 */
const rows: readonly (Operation | FollowedOperation)[] = operationRows;

const kindByDescribe = new Map<string, string>(
  (kinds as readonly Kind[]).map((row) => [row.describe.operation, row.kind]),
);
// The definition belongs to the pipeline. An execution only runs it.
kindByDescribe.set("DescribePipelineDefinitionForExecution", "pipeline");

const referred = rows.flatMap((row) => ("refersTo" in row ? (row.refersTo ?? []) : []));

const holders = new Set<string | undefined>([
  "pipeline",
  ...referred.flatMap(({ describe, settings }) => (settings.length > 0 ? [kindByDescribe.get(describe)] : [])),
  ...rows.flatMap((row) => ("settingsOf" in row ? [row.kind] : [])),
]);

/** Whether other events can be judged by the settings of a resource of the kind. */
export const isHolder = (kind: string): boolean => holders.has(kind);

/** The kind of the resource whose settings a Describe call shows. */
export const holderKindOf = (describe: string): string | undefined => kindByDescribe.get(describe);
