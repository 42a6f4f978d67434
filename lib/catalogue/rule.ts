/**
 * What wakes the function: event patterns for EventBridge, in its own vocabulary (EventBridge User Guide, "Comparison
 * operators for use in event patterns"). A pattern takes 2,048 characters at most.
 */

/**
 * The calls that are left out, by how their names begin. Everything else gets through, catalogued or not: SageMaker
 * grows monthly, and a creating call that nobody here has heard of is to be reported, not missed.
 */
export const neverWaking = [
  {
    because: "reads",
    prefixes: ["Describe", "List", "Get", "Search", "Query", "Render", "BatchDescribe", "BatchGet"],
  },
  {
    because: "ends, takes away or takes apart",
    prefixes: ["Delete", "Stop", "Deregister", "Detach", "Disable", "Disassociate", "BatchDelete", "BatchReboot"],
  },
  {
    because: "opens a session for a person, stores nothing",
    prefixes: ["CreatePresigned", "CreatePartnerAppPresigned", "CreateHubContentPresigned", "StartSession"],
  },
  {
    because: "experiments and lineage: names and numbers only, and many of them",
    prefixes: [
      ...["CreateAction", "UpdateAction", "CreateArtifact", "UpdateArtifact", "CreateContext", "UpdateContext"],
      ...["CreateExperiment", "UpdateExperiment", "CreateTrial", "UpdateTrial", "AssociateTrial", "AddAssociation"],
    ],
  },
  {
    because: "what Application Auto Scaling calls all day",
    prefixes: ["UpdateEndpointWeights", "UpdateInferenceComponentRuntime"],
  },
  {
    because: "data events and signals, where a trail logs them",
    prefixes: ["Invoke", "PutRecord", "BatchPutMetrics", "Send"],
  },
  { because: "tags, and the function's own calls", prefixes: ["AddTags", "UpdateTrainingJob"] },
] as const;

/** A successful call that creates or changes something. Its Stop and tag calls would only wake the function again. */
export const callPattern = {
  source: ["aws.sagemaker"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: {
    eventSource: ["sagemaker.amazonaws.com"],
    errorCode: [{ exists: false }],
    eventName: [{ "anything-but": { prefix: neverWaking.flatMap(({ prefixes }) => prefixes as readonly string[]) } }],
  },
};

/** A notebook that can be stopped now; it was Pending when it was created. */
export const notebookPattern = {
  source: ["aws.sagemaker"],
  "detail-type": ["SageMaker Notebook Instance State Change"],
  detail: { NotebookInstanceStatus: ["InService"] },
};
