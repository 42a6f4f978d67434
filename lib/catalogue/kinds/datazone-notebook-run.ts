import type { Kind, Operation } from "../vocabulary.ts";

/** Source: Amazon DataZone API Reference, StartNotebookRun and StorageConfig. */
export const kind = {
  kind: "datazone-notebook-run",
  noun: "SageMaker Unified Studio notebook run",
  page: "API Reference, datazone:GetNotebookRun",
  actsOn: false,
  describe: {
    operation: "datazone:GetNotebookRun",
    input: { domainIdentifier: ["domainIdentifier"], identifier: ["id"] },
    arn: "id",
    status: "status",
  },
  taggable: false,
  rekey: "Use a project whose storage has the key: the run's request takes none.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "datazone:StartNotebookRun",
    kind: "datazone-notebook-run",
    name: "id",
    readsResponse: true,
    oneOf: ["storageConfiguration"],
    settings: [
      {
        path: "storageConfiguration.kmsKeyArn",
        protects: "output",
        when: [{ path: "storageConfiguration", is: "present" }],
        without: "undocumented-s3",
      },
    ],
    locations: {
      output: ["storageConfiguration.projectS3Path"],
    },
  },
] as const satisfies readonly Operation[];
