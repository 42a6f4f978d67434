import { dataZoneWithoutData } from "./datazone.ts";
import type { WithoutDataGroup } from "./reasons.ts";
import { sageMakerWithoutData } from "./sagemaker.ts";

/**
 * The reviewed list of creating operations without data at rest. Every other creating operation is in the catalogue, or
 * is reported as unknown. A test compares the list with the SDK in both directions.
 */
export const withoutData: readonly WithoutDataGroup[] = [...sageMakerWithoutData, ...dataZoneWithoutData];

/**
 * Operations that were reviewed and cannot be judged: each call is reported like that of an unknown operation.
 * `document`: the member that holds the whole configuration as JSON in a string (API Reference).
 */
export const unjudgeable: readonly { operation: string; because: string; document?: string }[] = [
  {
    operation: "CreateJob",
    because: "The whole configuration is one string, and the API does not say what is in it.",
    document: "JobConfigDocument",
  },
];

/** How the names of calls begin that may create, start or store something; a regular expression that SQL takes too. */
export const CREATING_VERBS =
  "(Batch)?(Add|Attach|Copy|Create|Enable|Export|Extend|Import|Post|Publish|Put|Register|Replace|Restore|Retry|Start|Update|Upsert)";

const CREATING = new RegExp(`^(.+:)?${CREATING_VERBS}`);

const groups = new Map<string, WithoutDataGroup>(
  withoutData.flatMap((group) => group.operations.map((operation) => [operation, group] as const)),
);
const documents = new Map(unjudgeable.map(({ operation, document }) => [operation, document]));

/** Whether an operation's name says that it may create, start or store something. */
export const isCreating = (operation: string): boolean => CREATING.test(operation);

/** The entry of an operation on the reviewed list. */
export const withoutDataGroup = (operation: string): WithoutDataGroup | undefined => groups.get(operation);

/** The member of an operation's request that holds a whole configuration as JSON in a string. */
export const documentMember = (operation: string): string | undefined => documents.get(operation);
