import { kinds } from "./kinds.ts";
import { judgedOperations } from "./operations.ts";
import type { Kind } from "./vocabulary.ts";

export interface Permission {
  readonly actions: readonly string[];
  /** Resource types with wildcards, as they stand in SageMaker's ARNs after the account. */
  readonly resources: readonly string[];
}

/** Kinds whose ARN has another type than their name (Service Authorization Reference, "Resource types"). */
const ARN_TYPES: Readonly<Record<string, string>> = {
  "model-card-export-job": "model-card/*/export-job",
  "pipeline-execution": "pipeline/*/execution",
};

/** The Describe operations of references that are no kind's own, by the kind of the resource. */
const FOR_REFERENCES: Readonly<Record<string, readonly string[]>> = {
  "pipeline-execution": ["DescribePipelineDefinitionForExecution"],
};

/** The permission to look up every resource that an event can be about. */
export const describePermission = (): Permission =>
  permissionOn(({ kind, describe }) => [describe.operation, ...(FOR_REFERENCES[kind] ?? [])]);

/**
 * The permission for some operations on each kind, and no more: IAM's actions have the operations' names. Kinds that no
 * judged operation makes are left out; only the command line knows them.
 */
export function permissionOn(operationsOf: (kind: Kind) => readonly string[]): Permission {
  const judged = new Set<string>(judgedOperations.map(({ kind }) => kind));
  const rows = (kinds as readonly Kind[]).filter((row) => judged.has(row.kind) && operationsOf(row).length > 0);
  const actions = rows.flatMap(operationsOf).map((operation) => `sagemaker:${operation}`);
  return {
    actions: [...new Set(actions)].sort(),
    resources: rows.map(({ kind }) => `${ARN_TYPES[kind] ?? kind}/*`).sort(),
  };
}
