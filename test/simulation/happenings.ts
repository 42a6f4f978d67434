import type { Random } from "../long/random.ts";
import { callOf, KEY } from "../support/build.ts";
import { recordOf } from "../support/world.ts";
import type { Outside, Resource } from "./outside.ts";
import type { Schedule } from "./schedule.ts";

/** Something that a user does, and the events that follow from it. */
export interface Happening {
  /** When, after the start. */
  readonly inMs: number;
  readonly happen: (emit: (eventID: string, event: object) => void) => void;
}

const MINUTE = 60_000;
/** Looked up in vain: nobody may describe it, and so nobody knows whose it is. */
const UNKNOWN_KEY = KEY.replace(/.$/, "9");

/** What a training job's volume is encrypted with, and whether it may be stopped for that. */
const JOBS = [
  { key: undefined, mayStop: true, weight: 5 },
  { key: KEY, mayStop: false, weight: 1 },
  { key: UNKNOWN_KEY, mayStop: false, weight: 1 },
] as const;

export const EXEMPT = "exempt-job";

/** A few users' mornings: jobs and notebooks, with a key and without, some of them started again after a stop. */
export function makeHappenings(random: Random, outside: Outside, schedule: Schedule): Happening[] {
  const count = 2 + random.below(8);
  return Array.from({ length: count }, (_, i) => {
    const inMs = random.below(40 * MINUTE);
    const principal = `arn:aws:iam::111122223333:user/${random.pick(["ana", "ben"])}`;
    const roll = random.below(10);
    if (roll < 4) return { inMs, happen: notebook(`n${i}`, principal, random, outside, schedule) };
    if (roll === 9)
      return { inMs, happen: job(`${EXEMPT}-${i}`, principal, { key: undefined, mayStop: false }, outside) };
    return { inMs, happen: job(`t${i}`, principal, weighted(random), outside) };
  });
}

function weighted(random: Random): Pick<(typeof JOBS)[number], "key" | "mayStop"> {
  return random.pick(JOBS.flatMap((job) => Array.from({ length: job.weight }, () => job)));
}

function job(
  name: string,
  principal: string,
  { key, mayStop }: { readonly key: string | undefined; readonly mayStop: boolean },
  outside: Outside,
): Happening["happen"] {
  return (emit) => {
    outside.resources.set(name, { name, kind: "training-job", mayStop, status: "InProgress", run: 1 });
    const request = {
      TrainingJobName: name,
      OutputDataConfig: { S3OutputPath: "s3://models/x", KmsKeyId: KEY },
      ResourceConfig: { InstanceType: "ml.m5.large", ...(key && { VolumeKmsKeyId: key }) },
    };
    const response = { TrainingJobArn: `arn:aws:sagemaker:us-east-1:111122223333:training-job/${name}` };
    emit(`${name}-create`, call("CreateTrainingJob", `${name}-create`, principal, request, response));
  };
}

/** It is Pending for minutes, and its user may start it again after it was stopped, twice at most. */
function notebook(
  name: string,
  principal: string,
  random: Random,
  outside: Outside,
  schedule: Schedule,
): Happening["happen"] {
  const pending = (2 + random.below(4)) * MINUTE;
  const again = random.below(3);
  return (emit) => {
    const resource: Resource = { name, kind: "notebook-instance", mayStop: true, status: "Pending", run: 1 };
    outside.resources.set(name, resource);
    const arn = `arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/${name}`;
    const inService = () =>
      schedule.after(pending, () => {
        resource.status = "InService";
        emit(`${name}-in-service-${resource.run}`, change(name, arn, `${name}-in-service-${resource.run}`));
      });
    const request = { NotebookInstanceName: name, InstanceType: "ml.t3.medium" };
    emit(
      `${name}-create`,
      call("CreateNotebookInstance", `${name}-create`, principal, request, { NotebookInstanceArn: arn }),
    );
    inService();
    const maybeStart = (left: number): void =>
      schedule.after(15 * MINUTE, () => {
        if (left === 0) return;
        if (resource.status !== "Stopped") return maybeStart(left - 1);
        resource.run++;
        resource.status = "Pending";
        const eventID = `${name}-start-${resource.run}`;
        emit(eventID, call("StartNotebookInstance", eventID, principal, { NotebookInstanceName: name }, {}));
        inService();
        maybeStart(left - 1);
      });
    maybeStart(again);
  };
}

const call = (name: string, eventID: string, principal: string, request: object, response: object): object => ({
  ...recordOf({ ...callOf(name, request as never, response as never), principal }),
  eventID,
});

const change = (name: string, arn: string, id: string): object => ({
  version: "0",
  id,
  "detail-type": "SageMaker Notebook Instance State Change",
  source: "aws.sagemaker",
  account: "111122223333",
  time: "2026-11-02T09:20:00Z",
  region: "us-east-1",
  resources: [arn],
  detail: {
    NotebookInstanceArn: arn,
    NotebookInstanceName: name,
    NotebookInstanceStatus: "InService",
    InstanceType: "ml.t3.medium",
    Tags: {},
  },
});
