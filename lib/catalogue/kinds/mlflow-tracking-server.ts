import type { FollowedOperation, Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "mlflow-tracking-server",
  noun: "MLflow tracking server",
  page: "API Reference, StopMlflowTrackingServer",
  describe: {
    operation: "DescribeMlflowTrackingServer",
    input: { TrackingServerName: ["TrackingServerName"] },
    arn: "TrackingServerArn",
    status: "TrackingServerStatus",
  },
  stop: {
    operation: "StopMlflowTrackingServer",
    input: "TrackingServerName",
    from: ["Created", "Started", "Updated", "MaintenanceComplete"],
    later: ["Creating", "Starting", "Updating", "MaintenanceInProgress"],
  },
  taggable: true,
  stopping: {
    keeps: "The artifacts in S3 and the recorded runs stay.",
    loses: "Nothing can be recorded until it is started again.",
  },
  rekey: "Change the artifact store with UpdateMlflowTrackingServer, or set a default key on its bucket.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settings: [],
    locations: {
      unkeyed: ["ArtifactStoreUri"],
    },
  },
  {
    operation: "StartMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settingsOf: "CreateMlflowTrackingServer",
  },
  {
    operation: "UpdateMlflowTrackingServer",
    kind: "mlflow-tracking-server",
    name: "TrackingServerName",
    settings: [],
    locations: {
      unkeyed: ["ArtifactStoreUri"],
    },
  },
] as const satisfies readonly (Operation | FollowedOperation)[];

export const listing = {
  kind: "mlflow-tracking-server",
  operation: "CreateMlflowTrackingServer",
  list: "ListMlflowTrackingServers",
  items: "TrackingServerSummaries",
} as const satisfies Listing;
