import type { JsonObject } from "../../lib/core/model/json.ts";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { KEY } from "../support/build.ts";
import { arnOf, happen } from "../support/world.ts";
import type { Site } from "./cell.ts";

const OF_CHILDREN: readonly Site[] = [
  "GetBucketEncryption",
  "DescribeTrainingJob (parent)",
  "parent's note",
  "StopAutoMLJob (parent)",
];
const OF_PIPELINES: readonly Site[] = ["ListPipelineExecutionSteps (parent)"];

/** The event of a job for which the call is made. */
export function jobFor(site: Site, aws: EmbeddedAws): JsonObject {
  if (OF_PIPELINES.includes(site)) return startedByPipeline(aws);
  return OF_CHILDREN.includes(site) ? startedByAutoMl(aws) : startedByHand(aws);
}

/** Longer than AWS allows and than a run takes, so that no warm pool ends by itself. */
const KEEP_ALIVE_S = 7 * 86_400;
/** Of the account's own, which the embedded KMS takes for customer managed. */
const OWN = "0c0ffee0-0000-4000-8000-00000000abcd";
const ARN = { TrainingJobArn: arnOf("training-job", "t") };

function startedByHand(aws: EmbeddedAws): JsonObject {
  const request = {
    TrainingJobName: "t",
    OutputDataConfig: { KmsKeyId: KEY },
    ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY, KeepAlivePeriodInSeconds: KEEP_ALIVE_S },
  };
  return happen(aws, "CreateTrainingJob", request, ARN);
}

/** Its checkpoints go to a bucket without a key, and Describe names the AutoML job that it belongs to. */
function startedByAutoMl(aws: EmbeddedAws): JsonObject {
  aws.buckets.set("scratch", { objects: new Map() });
  const AutoMLJobArn = arnOf("automl-job", "search");
  aws.sagemaker.add({ kind: "automl-job", arn: AutoMLJobArn, id: { AutoMLJobName: "search" }, body: {} });
  const request = {
    TrainingJobName: "t",
    AutoMLJobArn,
    CheckpointConfig: { S3Uri: "s3://scratch/c" },
    OutputDataConfig: { KmsKeyId: OWN },
    ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: OWN },
  };
  return bySageMaker(happen(aws, "CreateTrainingJob", request, ARN));
}

/** Its volume is under an AWS managed key, its tag names an execution, and the steps of that execution name the job. */
function startedByPipeline(aws: EmbeddedAws): JsonObject {
  const arn = arnOf("pipeline", "nightly/execution/abcd12345678");
  const steps = [{ StepName: "Train", Metadata: { TrainingJob: { Arn: ARN.TrainingJobArn } } }];
  const body = { PipelineName: "nightly", PipelineExecutionSteps: steps };
  const id = { PipelineExecutionArn: arn };
  aws.sagemaker.add({ kind: "pipeline-execution", arn, id, body, status: "Executing" });
  const request = {
    TrainingJobName: "t",
    OutputDataConfig: { KmsKeyId: OWN },
    ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY },
    Tags: [{ Key: "sagemaker:pipeline-execution-arn", Value: arn }],
  };
  return bySageMaker(happen(aws, "CreateTrainingJob", request, ARN));
}

const bySageMaker = (event: JsonObject): JsonObject => ({
  ...event,
  userIdentity: {
    type: "AssumedRole",
    arn: "arn:aws:sts::111122223333:assumed-role/ml/SageMaker",
    invokedBy: "sagemaker.amazonaws.com",
  },
});
