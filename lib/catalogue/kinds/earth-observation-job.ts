import { LATER_NEW } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

/** Source: Developer Guide, "Use AWS KMS Permissions for Amazon SageMaker geospatial capabilities"; API Reference. */
export const kind = {
  kind: "earth-observation-job",
  noun: "Earth observation job",
  page: "API Reference, sagemaker-geospatial:GetEarthObservationJob",
  actsOn: false,
  describe: {
    operation: "sagemaker-geospatial:GetEarthObservationJob",
    input: { Arn: ["Arn"] },
    arn: "Arn",
    status: "Status",
  },
  taggable: false,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "sagemaker-geospatial:ExportEarthObservationJob",
    kind: "earth-observation-job",
    name: "Arn",
    settings: [
      // Get returns the job, not its exports.
      { path: "OutputConfig.S3Data.KmsKeyId", protects: "output", without: "undocumented-s3", describedAt: null },
    ],
    locations: {
      output: ["OutputConfig.S3Data.S3Uri"],
    },
  },
  {
    operation: "sagemaker-geospatial:StartEarthObservationJob",
    kind: "earth-observation-job",
    name: "Name",
    settings: [
      {
        path: "KmsKeyId",
        protects: "geospatial-results",
        without: "aws-owned-key",
        page: "Use AWS KMS Permissions for Amazon SageMaker geospatial capabilities",
      },
    ],
    locations: {
      input: ["JobConfig.ZonalStatisticsConfig.ZoneS3Path"],
    },
  },
] as const satisfies readonly Operation[];
