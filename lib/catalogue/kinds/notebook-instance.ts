import { VOLUME_KEY } from "../shared-settings.ts";
import type { FollowedOperation, Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "notebook-instance",
  noun: "notebook instance",
  page: "API Reference, StopNotebookInstance",
  describe: {
    operation: "DescribeNotebookInstance",
    input: { NotebookInstanceName: ["NotebookInstanceName"] },
    arn: "NotebookInstanceArn",
    status: "NotebookInstanceStatus",
  },
  stop: {
    operation: "StopNotebookInstance",
    input: "NotebookInstanceName",
    from: ["InService"],
    later: ["Pending", "Updating", "InMaintenance", "PendingMaintenance"],
  },
  taggable: true,
  mounts: ["/home/ec2-user/SageMaker"],
  stopping: {
    keeps: "Everything in /home/ec2-user/SageMaker stays.",
    loses: "Everything outside it is lost: installed libraries, system settings, running kernels.",
  },
  rekey: "Create a new notebook with the key, and copy the files to it: a key cannot be added later.",
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settings: [
      {
        // A notebook always has an EBS volume, also on an instance type with local storage.
        path: "KmsKeyId",
        protects: "volume",
        instanceTypes: ["InstanceType"],
        localStorage: "policy",
        without: "notebook-system-managed-key",
        conditionKey: VOLUME_KEY,
      },
    ],
  },
  {
    operation: "StartNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settingsOf: "CreateNotebookInstance",
  },
  {
    operation: "UpdateNotebookInstance",
    kind: "notebook-instance",
    name: "NotebookInstanceName",
    settingsOf: "CreateNotebookInstance",
  },
] as const satisfies readonly (Operation | FollowedOperation)[];

export const listing = {
  kind: "notebook-instance",
  operation: "CreateNotebookInstance",
  list: "ListNotebookInstances",
  items: "NotebookInstances",
  filters: [
    { StatusEquals: "InService" },
    { StatusEquals: "Pending" },
    { StatusEquals: "Stopped" },
    { StatusEquals: "Updating" },
  ],
} as const satisfies Listing;
