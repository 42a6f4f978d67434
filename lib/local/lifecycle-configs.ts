import { randomUUID } from "node:crypto";
import { text } from "../core/model/member.ts";
import type { Clock } from "./clock.ts";
import type { Bus } from "./events.ts";
import { AwsFault, type WireReply, type WireRequest } from "./wire.ts";

/**
 * Notebook lifecycle configurations, with the record of their creation that a trail sends to the event bus. They are no
 * kind of the catalogue. Other operations are not answered.
 */
export function createLifecycleConfigs(account: string, clock: Clock, bus: Bus) {
  const names = new Set<string>();
  return {
    names: names as ReadonlySet<string>,
    handle({ operation, region, input }: WireRequest): WireReply | undefined {
      const name = text(input, "NotebookInstanceLifecycleConfigName") ?? "";
      const arn = `arn:aws:sagemaker:${region}:${account}:notebook-instance-lifecycle-config/${name}`;
      switch (operation) {
        case "CreateNotebookInstanceLifecycleConfig":
          if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/.test(name) || name.length > 63)
            throw new AwsFault("ValidationException", "1 validation error detected");
          if (names.has(name)) throw new AwsFault("ValidationException", "It already exists");
          names.add(name);
          bus.put(recordOf(name, arn, { account, region, time: clock.now().toISOString() }));
          return { json: { NotebookInstanceLifecycleConfigArn: arn } };
        case "DeleteNotebookInstanceLifecycleConfig":
          if (!names.delete(name)) throw new AwsFault("ValidationException", "RecordNotFound");
          return { json: {} };
        default:
          return undefined;
      }
    },
  };
}

const recordOf = (name: string, arn: string, at: { account: string; region: string; time: string }) => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.sagemaker",
  ...at,
  resources: [],
  detail: {
    eventVersion: "1.11",
    eventID: randomUUID(),
    eventSource: "sagemaker.amazonaws.com",
    eventType: "AwsApiCall",
    eventTime: at.time,
    eventName: "CreateNotebookInstanceLifecycleConfig",
    awsRegion: at.region,
    recipientAccountId: at.account,
    userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${at.account}:assumed-role/operator/me` },
    requestParameters: { notebookInstanceLifecycleConfigName: name },
    responseElements: { notebookInstanceLifecycleConfigArn: arn },
  },
});
