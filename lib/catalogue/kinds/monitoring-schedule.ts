import { IN_TRANSIT, jobDefinition, OUTPUT_KEY, VOLUME_KEY } from "../shared-settings.ts";
import type { FollowedOperation, Kind, Listing, Locations, Operation, Reference, Setting } from "../vocabulary.ts";

const MONITORING = "MonitoringScheduleConfig.MonitoringJobDefinition";

const MONITORING_NAME = "MonitoringScheduleConfig.MonitoringJobDefinitionName";

const monitoring = [
  {
    path: `${MONITORING}.MonitoringOutputConfig.KmsKeyId`,
    protects: "output",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    without: "undocumented-s3",
    conditionKey: OUTPUT_KEY,
  },
  {
    path: `${MONITORING}.MonitoringResources.ClusterConfig.VolumeKmsKeyId`,
    protects: "volume",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    instanceTypes: [`${MONITORING}.MonitoringResources.ClusterConfig.InstanceType`],
    without: "transient-key",
    conditionKey: VOLUME_KEY,
  },
  {
    path: `${MONITORING}.NetworkConfig.EnableInterContainerTrafficEncryption`,
    protects: "in-transit",
    when: [{ path: MONITORING, is: "present" }],
    elsewhere: MONITORING_NAME,
    without: "plaintext-between-nodes",
    conditionKey: IN_TRANSIT,
  },
] as const satisfies readonly Setting[];

/**
 * A schedule may name the job definition that it runs. The type of its monitoring decides the kind of the definition.
 */
const toJobDefinition = (["DataQuality", "ModelBias", "ModelExplainability", "ModelQuality"] as const).map(
  (type) =>
    ({
      at: MONITORING_NAME,
      when: { path: "MonitoringScheduleConfig.MonitoringType", is: "equals", value: type },
      describe: `Describe${type}JobDefinition`,
      as: "JobDefinitionName",
      settings: jobDefinition(`${type}JobOutputConfig`),
    }) as const satisfies Reference,
);

export const kind = {
  kind: "monitoring-schedule",
  noun: "monitoring schedule",
  page: "API Reference, StopMonitoringSchedule",
  describe: {
    operation: "DescribeMonitoringSchedule",
    input: { MonitoringScheduleName: ["MonitoringScheduleName"] },
    arn: "MonitoringScheduleArn",
    status: "MonitoringScheduleStatus",
  },
  stop: {
    operation: "StopMonitoringSchedule",
    input: "MonitoringScheduleName",
    from: ["Scheduled"],
    later: ["Pending"],
  },
  taggable: true,
  mounts: ["/opt/ml/processing", "/tmp"],
  stopping: {
    keeps: "The schedule and its results so far stay.",
    loses: "No monitoring job runs until it is started again.",
  },
  rekey: "Set the keys with UpdateMonitoringSchedule.",
  rekeyOfHolder: "Create a job definition with the keys, and name it in the schedule with UpdateMonitoringSchedule.",
} as const satisfies Kind;

const locations = {
  output: [
    "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.MonitoringOutputs[].S3Output.S3Uri",
  ],
  input: [
    "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.ConstraintsResource.S3Uri",
    "MonitoringScheduleConfig.MonitoringJobDefinition.BaselineConfig.StatisticsResource.S3Uri",
    "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs[].BatchTransformInput.DataCapturedDestinationS3Uri",
    "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.RecordPreprocessorSourceUri",
    "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringAppSpecification.PostAnalyticsProcessorSourceUri",
  ],
} as const satisfies Locations;

export const operations = [
  {
    operation: "CreateMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settings: monitoring,
    refersTo: toJobDefinition,
    locations,
  },
  {
    operation: "StartMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settingsOf: "CreateMonitoringSchedule",
  },
  {
    operation: "UpdateMonitoringSchedule",
    kind: "monitoring-schedule",
    name: "MonitoringScheduleName",
    settings: monitoring,
    refersTo: toJobDefinition,
    locations,
  },
] as const satisfies readonly (Operation | FollowedOperation)[];

export const listing = {
  kind: "monitoring-schedule",
  operation: "CreateMonitoringSchedule",
  list: "ListMonitoringSchedules",
  items: "MonitoringScheduleSummaries",
  filters: [{ StatusEquals: "Scheduled" }, { StatusEquals: "Pending" }],
} as const satisfies Listing;
