/**
 * The settings that an IAM condition key reaches before the call, and how other condition
 * keys show that the member is needed.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker". Only condition
 * keys whose names end in `Arn` are attached to actions; the shorter names are deprecated. A test compares each row with
 * published service authorization data, and with the rows of the operations.
 */
import {
  IN_TRANSIT,
  OFFLINE_STORE_KEY,
  ONLINE_STORE_KEY,
  OUTPUT_KEY,
  SHARING_KEY,
  VOLUME_KEY,
} from "../shared-settings.ts";

export const INSTANCE_TYPES = "sagemaker:InstanceTypes";
export const ONLINE_STORE_ON = "sagemaker:FeatureGroupEnableOnlineStore";
export const OFFLINE_STORE_GIVEN = "sagemaker:FeatureGroupOfflineStoreConfig";

/**
 * When a call needs the member, as other condition keys of the same action show it. `notebook`: as the policy's
 * `notebooks.on-local-storage` says. `…-not-shown`: no condition key shows it.
 */
export type Needed =
  | "always"
  | "every-instance-on-ebs"
  | "some-instance-on-ebs"
  | "notebook"
  | "instances-given"
  | "online-store-on"
  | "offline-store-given"
  | "sharing-not-shown"
  | "output-not-shown"
  | "automation-not-shown";

/** A condition key, the actions that have it, and when a call of theirs needs its member. */
export interface Reach {
  readonly conditionKey: string;
  readonly needed: Needed;
  readonly operations: readonly string[];
}

const JOB_DEFINITIONS = [
  "CreateDataQualityJobDefinition",
  "CreateModelBiasJobDefinition",
  "CreateModelExplainabilityJobDefinition",
  "CreateModelQualityJobDefinition",
] as const;
const JOBS = [...JOB_DEFINITIONS, "CreateHyperParameterTuningJob", "CreateProcessingJob", "CreateTrainingJob"] as const;
const AUTOML = ["CreateAutoMLJob", "CreateAutoMLJobV2"] as const;
const SCHEDULES = ["CreateMonitoringSchedule", "UpdateMonitoringSchedule"] as const;

export const reaches: readonly Reach[] = [
  { conditionKey: VOLUME_KEY, needed: "always", operations: [...AUTOML, "CreateDomain"] },
  { conditionKey: VOLUME_KEY, needed: "notebook", operations: ["CreateNotebookInstance"] },
  {
    conditionKey: VOLUME_KEY,
    needed: "every-instance-on-ebs",
    operations: [...JOBS, ...SCHEDULES, "CreateTransformJob"],
  },
  // One key serves all variants, so it is needed as soon as one of them has an EBS volume.
  { conditionKey: VOLUME_KEY, needed: "some-instance-on-ebs", operations: ["CreateEndpointConfig"] },
  // Only automated labeling has a volume.
  { conditionKey: VOLUME_KEY, needed: "automation-not-shown", operations: ["CreateLabelingJob"] },
  {
    conditionKey: OUTPUT_KEY,
    needed: "always",
    operations: [
      ...AUTOML,
      ...JOB_DEFINITIONS,
      "CreateHyperParameterTuningJob",
      "CreateLabelingJob",
      "CreateTrainingJob",
      "CreateTransformJob",
    ],
  },
  // A schedule that names a definition has neither instance types nor an output of its own.
  { conditionKey: OUTPUT_KEY, needed: "instances-given", operations: SCHEDULES },
  { conditionKey: OUTPUT_KEY, needed: "output-not-shown", operations: ["CreateProcessingJob"] },
  {
    conditionKey: SHARING_KEY,
    needed: "sharing-not-shown",
    operations: ["CreateDomain", "CreateUserProfile", "UpdateDomain", "UpdateUserProfile"],
  },
  { conditionKey: ONLINE_STORE_KEY, needed: "online-store-on", operations: ["CreateFeatureGroup"] },
  { conditionKey: OFFLINE_STORE_KEY, needed: "offline-store-given", operations: ["CreateFeatureGroup"] },
  { conditionKey: IN_TRANSIT, needed: "always", operations: AUTOML },
  { conditionKey: IN_TRANSIT, needed: "instances-given", operations: [...JOBS, ...SCHEDULES] },
];
