import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Decision } from "../../lib/core/model/types.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { KnownKey } from "../../lib/local/kms.ts";
import type { Bucket } from "../../lib/local/s3.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { arnOf, embeddedState, happen } from "../support/world.ts";

export const FIRST = { receives: 1, sentAt: new Date("2026-11-02T09:15:00Z"), isRedriven: false, isLast: false };

/** The state of AWS before the event. */
export interface Known {
  readonly keys?: readonly KnownKey[];
  readonly buckets?: Readonly<Record<string, Omit<Bucket, "objects">>>;
}

export interface Enforced {
  readonly decision: Decision;
  /** The look-ups as AWS received them, in order. */
  readonly asked: readonly string[];
  /** Whether the job is still running. */
  readonly running: boolean;
}

const LOOK_UPS = ["DescribeKey", "ListAliases", "GetKeyRotationStatus", "GetBucketEncryption"];

/** A training job on local storage, so that only its outputs are judged, through the whole enforcement. */
export async function enforceJob(
  policy: Policy,
  request: JsonObject,
  { keys = [], buckets = {} }: Known,
): Promise<Enforced> {
  const { aws, ports } = await embeddedState(policy, { keys });
  for (const [name, bucket] of Object.entries(buckets)) aws.buckets.set(name, { ...bucket, objects: new Map() });
  const job = { TrainingJobName: "churn", ResourceConfig: { InstanceType: "ml.g5.xlarge" }, ...request };
  const event = happen(aws, "CreateTrainingJob", job, { TrainingJobArn: arnOf("training-job", "churn") });
  const { decision } = await respond(event, ports, { ...FIRST, receives: 5 });
  const asked = aws.calls.flatMap(({ operation }) => (LOOK_UPS.includes(operation) ? [operation] : []));
  return { decision, asked, running: aws.sagemaker.resources[0]?.status === "InProgress" };
}
