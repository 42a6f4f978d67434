import { dataZoneWithoutData } from "./without-data-datazone.ts";
import { sageMakerWithoutData } from "./without-data-sagemaker.ts";

/** Why an operation stores no data at rest that a key of its own could protect, each as a sentence. */
export const withoutDataReasons = {
  capacity: "The call reserves or shares out capacity; it stores no data.",
  configuration: "The call stores a script, a template or settings, for which SageMaker takes no key.",
  devices: "The call changes devices or what they are sent; the data is outside AWS.",
  "made-by-other-calls": "What the call sets up is made by further calls, each of which is judged.",
  metadata: "The call stores names, numbers and descriptions, for which SageMaker takes no key.",
  people: "The call changes people, groups or how they sign in.",
  permission: "The call changes a permission or an approval.",
  "project-bucket": "The call uses the project's bucket, whose key is judged with each notebook run.",
  reference: "The call refers to what is stored elsewhere, under the settings of that place.",
  session: "The call opens a session or signs a URL; it stores no data.",
  "starts-nothing-new": "The call changes or checks what runs already; it starts nothing new.",
  tags: "The call changes tags.",
  "under-judged-key": "What the call stores is under the key of a resource that was judged when it was created.",
} as const;

export type WithoutData = keyof typeof withoutDataReasons;

/** Operations without data at rest that have one reason. */
export interface WithoutDataGroup {
  readonly because: WithoutData;
  /** The catalogue's names of the operations, in alphabetical order. */
  readonly operations: readonly string[];
  /** A member of the request: where it is given, the call may store data after all. */
  readonly unless?: string;
  /** The operations are in AWS's API Reference, and not in the SDK of the service. */
  readonly source?: "reference";
}

/**
 * The reviewed list of creating operations without data at rest. Everything else that creates something is catalogued, or
 * is reported as unknown. A test holds the list against the SDK, both ways.
 */
export const withoutData: readonly WithoutDataGroup[] = [...sageMakerWithoutData, ...dataZoneWithoutData];

/**
 * Operations that were reviewed and cannot be judged: each call is reported as one of an unknown operation.
 * `document`: the member that holds the whole configuration as JSON in a string (API Reference).
 */
export const unjudgeable: readonly { operation: string; because: string; document?: string }[] = [
  {
    operation: "AttachClusterNodeVolume",
    because: "The volume exists already; EC2 knows its key, and no member names it.",
  },
  {
    operation: "CreateJob",
    because: "The whole configuration is one string, and the API does not say what is in it.",
    document: "JobConfigDocument",
  },
];

/** The verbs of calls that may create, start or store something. */
const CREATING =
  /^(.+:)?(Batch)?(Add|Attach|Copy|Create|Enable|Export|Extend|Import|Post|Publish|Put|Register|Replace|Restore|Retry|Start|Update|Upsert)/;

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

/** The reason as part of a sentence. */
export function withoutDataSentence(because: WithoutData): string {
  const sentence = withoutDataReasons[because];
  return sentence.charAt(0).toLowerCase() + sentence.slice(1, -1);
}
