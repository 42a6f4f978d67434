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

/** What a reference asks and no kind's own Describe is, by the kind that it is about. */
const FOR_REFERENCES: Readonly<Record<string, readonly string[]>> = {
  "pipeline-execution": ["DescribePipelineDefinitionForExecution"],
};

/**
 * What acting on the catalogued operations takes, and no more: IAM's actions have the operations' names. A kind that no
 * operation leads to (it is there for the command line) is left out.
 */
export function sagemakerPermissions(): readonly Permission[] {
  const named = new Set<string>(judgedOperations.map(({ kind }) => kind));
  const reached = kinds.filter(({ kind }) => named.has(kind)) as readonly Kind[];
  return [
    permission(reached, ({ kind, describe }) => [describe.operation, ...(FOR_REFERENCES[kind] ?? [])]),
    permission(reached, ({ taggable }) => (taggable === false ? [] : ["AddTags"])),
    permission(reached, ({ kind, stop }) => [
      ...(stop ? [stop.operation] : []),
      // Ends the warm pool that a stopped job would keep.
      ...(kind === "training-job" ? ["UpdateTrainingJob"] : []),
    ]),
  ];
}

function permission(rows: readonly Kind[], operationsOf: (kind: Kind) => readonly string[]): Permission {
  const actions = rows.flatMap(operationsOf).map((operation) => `sagemaker:${operation}`);
  const touched = rows.filter((row) => operationsOf(row).length > 0);
  return {
    actions: [...new Set(actions)].sort(),
    resources: touched.map(({ kind }) => `${ARN_TYPES[kind] ?? kind}/*`).sort(),
  };
}
