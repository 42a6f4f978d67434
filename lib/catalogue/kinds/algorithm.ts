import { COMPUTE, LATER_NEW, onInstances, transformDefinition } from "../shared-settings.ts";
import type { Kind, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "algorithm",
  noun: "algorithm",
  page: "API Reference, DescribeAlgorithm",
  describe: {
    operation: "DescribeAlgorithm",
    input: { AlgorithmName: ["AlgorithmName"] },
    arn: "AlgorithmArn",
    status: "AlgorithmStatus",
  },
  taggable: true,
  mounts: COMPUTE,
  rekey: LATER_NEW,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateAlgorithm",
    kind: "algorithm",
    name: "AlgorithmName",
    settings: [
      {
        path: "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.OutputDataConfig.KmsKeyId",
        protects: "output",
        without: "aws-managed-s3",
      },
      {
        path: "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.ResourceConfig.VolumeKmsKeyId",
        protects: "volume",
        ...onInstances("ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.ResourceConfig"),
        without: "transient-key",
      },
      ...transformDefinition("ValidationSpecification.ValidationProfiles[].TransformJobDefinition"),
    ],
    locations: {
      output: [
        "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.OutputDataConfig.S3OutputPath",
        "ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformOutput.S3OutputPath",
      ],
      input: [
        "TrainingSpecification.AdditionalS3DataSource.S3Uri",
        "InferenceSpecification.Containers[].ModelDataUrl",
        "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.S3Uri",
        "InferenceSpecification.Containers[].ModelDataSource.S3DataSource.ManifestS3Uri",
        "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.S3Uri",
        "InferenceSpecification.Containers[].AdditionalModelDataSources[].S3DataSource.ManifestS3Uri",
        "InferenceSpecification.Containers[].AdditionalS3DataSource.S3Uri",
        "ValidationSpecification.ValidationProfiles[].TrainingJobDefinition.InputDataConfig[].DataSource.S3DataSource.S3Uri",
        "ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformInput.DataSource.S3DataSource.S3Uri",
      ],
    },
  },
] as const satisfies readonly Operation[];
