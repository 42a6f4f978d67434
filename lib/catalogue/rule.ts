import { services } from "./services.ts";

/**
 * The event patterns of the EventBridge rules that invoke the function (EventBridge User Guide, "Comparison
 * operators for use in event patterns"). A pattern takes 2,048 characters at most.
 */

/**
 * The operations that the rule excludes, by the beginning of their names. All others reach the function, in the
 * catalogue or not: SageMaker grows every month, and a new Create call must be reported, not missed.
 */
export const excludedOperations = [
  {
    because: "reads",
    prefixes: ["Describe", "List", "Get", "Search", "Query", "Render", "BatchDescribe", "BatchGet"],
  },
  {
    because: "ends, deletes or detaches",
    prefixes: ["Delete", "Stop", "Deregister", "Detach", "Disable", "Disassociate", "BatchDelete", "BatchReboot"],
  },
  {
    because: "opens a session for a person and stores nothing",
    prefixes: ["CreatePresigned", "CreatePartnerAppPresigned", "CreateHubContentPresigned", "StartSession"],
  },
  {
    because: "experiments and lineage: very many calls, with names and numbers only",
    prefixes: [
      "CreateAction",
      "UpdateAction",
      "CreateArtifact",
      "UpdateArtifact",
      "CreateContext",
      "UpdateContext",
      "CreateExperiment",
      "UpdateExperiment",
      "CreateTrial",
      "UpdateTrial",
      "AssociateTrial",
      "AddAssociation",
    ],
  },
  {
    because: "frequent calls of Application Auto Scaling",
    prefixes: ["UpdateEndpointWeights", "UpdateInferenceComponentRuntime"],
  },
  {
    because: "data events and signals, if a trail logs them",
    prefixes: ["Invoke", "PutRecord", "BatchPutMetrics", "Send"],
  },
  {
    because: "tags, and the function's own calls",
    prefixes: ["AddTags", "TagResource", "UntagResource", "UpdateTrainingJob"],
  },
] as const;

/** The same for DataZone, a catalogue of other services' data: its many calls about assets store nothing else. */
export const excludedOfDataZone = [
  { because: "reads", prefixes: ["Get", "List", "Search", "Query", "BatchGet"] },
  {
    because: "ends, deletes or detaches",
    prefixes: ["Delete", "Stop", "Cancel", "Disassociate", "Reject", "Remove", "Revoke"],
  },
  {
    because: "people and permissions",
    prefixes: [
      "Accept",
      "Add",
      "Associate",
      "CreateGroupProfile",
      "CreateProjectMembership",
      "CreateSubscription",
      "CreateUserProfile",
      "UpdateGroupProfile",
      "UpdateSubscription",
      "UpdateUserProfile",
    ],
  },
  {
    because: "assets, their description and lineage: very many calls, under the domain's key",
    prefixes: [
      "BatchPut",
      "CreateAsset",
      "CreateDataProduct",
      "CreateDataSource",
      "CreateGlossary",
      "CreateListing",
      "Post",
      "StartDataSource",
      "StartMetadata",
      "UpdateAsset",
      "UpdateDataSource",
      "UpdateGlossary",
    ],
  },
  { because: "tags", prefixes: ["TagResource", "UntagResource"] },
] as const;

const DATAZONE = "datazone.amazonaws.com";

const noneOf = (excluded: readonly { readonly prefixes: readonly string[] }[]) => [
  { "anything-but": { prefix: excluded.flatMap(({ prefixes }) => prefixes) } },
];

/**
 * A successful call that creates or changes something. The function's own Stop and tag calls would only invoke it
 * again.
 * `$or`: EventBridge User Guide, "Comparison operators for use in event patterns".
 */
export const callPattern = {
  source: services.map(({ source }) => source),
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: {
    errorCode: [{ exists: false }],
    $or: [
      {
        eventSource: services.flatMap(({ eventSource }) => (eventSource === DATAZONE ? [] : [eventSource])),
        eventName: noneOf(excludedOperations),
      },
      { eventSource: [DATAZONE], eventName: noneOf(excludedOfDataZone) },
    ],
  },
};

/**
 * An update of a running training job that names an output of its profiler. The function's own call, which ends a warm
 * pool, names no output. The pattern excludes that call by its parameters, because its principal differs in each stack.
 */
export const profilerPattern = {
  source: ["aws.sagemaker"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: {
    eventSource: ["sagemaker.amazonaws.com"],
    errorCode: [{ exists: false }],
    eventName: ["UpdateTrainingJob"],
    $or: [
      { requestParameters: { profilerConfig: { s3OutputPath: [{ exists: true }] } } },
      { requestParameters: { profilerRuleConfigurations: { s3OutputPath: [{ exists: true }] } } },
    ],
  },
};

/** A notebook that can be stopped now; it was Pending when it was created. */
export const notebookPattern = {
  source: ["aws.sagemaker"],
  "detail-type": ["SageMaker Notebook Instance State Change"],
  detail: { NotebookInstanceStatus: ["InService"] },
};
