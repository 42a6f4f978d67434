import { isLookedUp, kindOf, kinds } from "./kinds.ts";
import { judgedOperations } from "./operations.ts";
import type { Kind, Operation } from "./vocabulary.ts";

export interface Permission {
  readonly actions: readonly string[];
  /** Resource types with wildcards, as in SageMaker's ARNs after the account. */
  readonly resources: readonly string[];
}

const ownDescribes = new Set<string>(kinds.map(({ describe }) => describe.operation));

/** The permission to look up every resource that an event can be about. */
export const describePermission = (): Permission => permissionOn(describesOf);

/**
 * The permission to list the steps of a pipeline's execution, which confirms that it is the parent of a job. It is the only
 * List operation of enforcement, and unlike the others it supports a resource (Service Authorization Reference, Amazon
 * SageMaker AI).
 */
export const stepsPermission = (): Permission => ({
  actions: ["sagemaker:ListPipelineExecutionSteps"],
  resources: [`${kindOf("pipeline-execution").arnType}/*`],
});

/**
 * A kind's own Describe, and the Describe operations that its operations' references need and that belong to no kind.
 */
export function describesOf(row: Kind): readonly string[] {
  const { kind, describe } = row;
  const operations: readonly Partial<Operation>[] = judgedOperations.filter((one) => one.kind === kind);
  const referred = operations.flatMap(({ refersTo = [] }) => refersTo.map((reference) => reference.describe));
  return [...(isLookedUp(row) ? [describe.operation] : []), ...referred.filter((one) => !ownDescribes.has(one))];
}

/**
 * The permission for some operations on each kind. IAM's actions have the operations' names. Kinds without a judged
 * operation are omitted; only the command line knows them.
 */
export function permissionOn(operationsOf: (kind: Kind) => readonly string[]): Permission {
  const judged = new Set<string>(judgedOperations.map(({ kind }) => kind));
  const rows = (kinds as readonly Kind[]).filter((row) => judged.has(row.kind) && operationsOf(row).length > 0);
  const actions = rows.flatMap(operationsOf).map((operation) => `sagemaker:${operation}`);
  return {
    actions: [...new Set(actions)].sort(),
    resources: rows.map(({ kind, arnType = kind }) => `${arnType}/*`).sort(),
  };
}
