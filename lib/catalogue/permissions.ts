import { kinds } from "./kinds.ts";
import { judgedOperations } from "./operations.ts";
import type { Kind, Operation } from "./vocabulary.ts";

export interface Permission {
  readonly actions: readonly string[];
  /** Resource types with wildcards, as they stand in SageMaker's ARNs after the account. */
  readonly resources: readonly string[];
}

/**
 * What acting on the catalogued operations takes, and no more: IAM's actions have the operations' names. A kind that no
 * operation leads to (it is there for the command line) is left out.
 */
export function sagemakerPermissions(): readonly Permission[] {
  const named = new Set<string>(judgedOperations.map(({ kind }) => kind));
  const reached = kinds.filter(({ kind }) => named.has(kind)) as readonly Kind[];
  return [
    permission(reached, describesOf),
    permission(reached, ({ taggable }) => (taggable === false ? [] : ["AddTags"])),
    permission(reached, ({ kind, stop }) => [
      ...(stop ? [stop.operation] : []),
      // Ends the warm pool that a stopped job would keep.
      ...(kind === "training-job" ? ["UpdateTrainingJob"] : []),
    ]),
  ];
}

const ownDescribes = new Set<string>(kinds.map(({ describe }) => describe.operation));

/** A kind's own Describe, and those that its operations' references need and that are no kind's own. */
function describesOf({ kind, source, describe }: Kind): readonly string[] {
  const rows: readonly Partial<Operation>[] = judgedOperations.filter((row) => row.kind === kind);
  const referred = rows.flatMap(({ refersTo = [] }) => refersTo.map((reference) => reference.describe));
  return [...(source ? [] : [describe.operation]), ...referred.filter((one) => !ownDescribes.has(one))];
}

function permission(rows: readonly Kind[], operationsOf: (kind: Kind) => readonly string[]): Permission {
  const actions = rows.flatMap(operationsOf).map((operation) => `sagemaker:${operation}`);
  const acted = rows.filter((row) => operationsOf(row).length > 0);
  return {
    actions: [...new Set(actions)].sort(),
    resources: acted.map(({ kind, arnType = kind }) => `${arnType}/*`).sort(),
  };
}
