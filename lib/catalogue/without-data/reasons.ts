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

/** Operations without data at rest that have the same reason. */
export interface WithoutDataGroup {
  readonly because: WithoutData;
  /** The catalogue's names of the operations, in alphabetical order. */
  readonly operations: readonly string[];
  /** A member of the request: if it is present, the call may store data. */
  readonly unless?: string;
  /** The operations are in AWS's API Reference, but not in the service's SDK. */
  readonly source?: "reference";
}

/** The reason as part of a sentence. */
export function withoutDataSentence(because: WithoutData): string {
  const sentence = withoutDataReasons[because];
  return sentence.charAt(0).toLowerCase() + sentence.slice(1, -1);
}
