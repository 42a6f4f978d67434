import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "mlflow-app",
  noun: "MLflow app",
  page: "API Reference, DescribeMlflowApp",
  describe: { operation: "DescribeMlflowApp", input: { Arn: ["Arn"] }, arn: "Arn", status: "Status" },
  taggable: true,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateMlflowApp",
    kind: "mlflow-app",
    name: "Name",
    settings: [{ path: "KmsKeyId", protects: "mlflow-app", without: "undocumented" }],
    locations: {
      unkeyed: ["ArtifactStoreUri"],
    },
  },
  {
    operation: "UpdateMlflowApp",
    kind: "mlflow-app",
    name: "Arn",
    settings: [],
    locations: {
      unkeyed: ["ArtifactStoreUri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "mlflow-app",
  operation: "CreateMlflowApp",
  list: "ListMlflowApps",
  items: "Summaries",
} as const satisfies Listing;
