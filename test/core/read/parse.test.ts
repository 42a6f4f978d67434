import { describe, expect, it } from "vitest";
import { parse } from "../../../lib/core/read/parse.ts";

const record = {
  eventVersion: "1.11",
  eventID: "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
  eventName: "CreateNotebookInstance",
  eventSource: "sagemaker.amazonaws.com",
  eventTime: "2026-11-02T09:15:00Z",
  eventType: "AwsApiCall",
  awsRegion: "us-east-1",
  recipientAccountId: "111122223333",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ana", accountId: "111122223333" },
  requestParameters: { notebookInstanceName: "nb" },
  responseElements: null,
};
const envelope = {
  id: "0bd8a0dc-eb4f-78e6-8d3c-23b73c95428f",
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.sagemaker",
  account: "111122223333",
  time: "2026-11-02T09:15:02Z",
  region: "us-east-1",
  detail: record,
};
const change = {
  ...envelope,
  "detail-type": "SageMaker Notebook Instance State Change",
  detail: { NotebookInstanceName: "nb", NotebookInstanceStatus: "InService", Tags: { "keyward:event": "e" } },
};

describe("parse", () => {
  it("reads an envelope and the bare record alike", () => {
    expect(parse(envelope)).toEqual(parse(record));
    expect(parse(envelope)).toEqual({
      is: "call",
      eventID: record.eventID,
      eventName: "CreateNotebookInstance",
      eventTime: "2026-11-02T09:15:00Z",
      account: "111122223333",
      region: "us-east-1",
      principal: "arn:aws:iam::111122223333:user/ana",
      request: { notebookInstanceName: "nb" },
      response: {},
    });
  });

  it("reads a notebook's state change, and from its tags whether it has been reported", () => {
    expect(parse(change)).toMatchObject({ is: "state-change", name: "nb", status: "InService", reported: true });
    const listed = { ...change.detail, Tags: [{ Key: "keyward:event", Value: "e" }] };
    expect(parse({ ...change, detail: listed })).toMatchObject({ reported: true });
    expect(parse({ ...change, detail: { ...change.detail, Tags: undefined } })).toMatchObject({ reported: false });
  });

  it.each([
    { omitted: true, originalSize: 149893, reason: "x" },
    { omitted: "true", reason: "x" },
  ])("knows parameters that CloudTrail left out: %j", (requestParameters) =>
    expect(parse({ ...record, requestParameters })).toMatchObject({ request: "omitted" }),
  );

  it.each([
    [{ eventSource: "s3.amazonaws.com" }, "eventSource is s3.amazonaws.com, not sagemaker.amazonaws.com"],
    [{ errorCode: "AccessDenied" }, "the call failed (AccessDenied)"],
    [{ eventType: "AwsServiceEvent" }, "a service event: what started it is judged instead"],
    [{ readOnly: true }, "the call creates nothing"],
    [{ eventName: "DescribeTrainingJob" }, "the call creates nothing"],
    [{ eventName: "CreateWorkteam", requestParameters: null }, "the call has no parameters that could hold a key"],
  ])("ignores %j", (change, because) => {
    expect(parse({ ...record, ...change })).toMatchObject({ is: "ignored", because });
    expect(parse({ ...envelope, detail: { ...record, ...change } })).toMatchObject({ is: "ignored", because });
  });

  it.each([
    [{ source: "my.app" }, "source is not aws.sagemaker"],
    [{ "detail-type": "AWS Service Event via CloudTrail" }, "a service event: what started it is judged instead"],
    [{ "detail-type": "SageMaker Model State Change" }, 'detail-type "SageMaker Model State Change" is not judged'],
  ])("ignores an envelope with %j", (other, because) =>
    expect(parse({ ...envelope, ...other })).toMatchObject({ is: "ignored", because }),
  );

  it("ignores a state change other than into service", () => {
    const stopped = { ...change, detail: { ...change.detail, NotebookInstanceStatus: "Stopped" } };
    expect(parse(stopped)).toMatchObject({ is: "ignored", because: "status is Stopped, not InService" });
  });

  it.each([
    [null, "not a JSON object"],
    [[1], "not a JSON object"],
    ["text", "not a JSON object"],
    [{}, "not a CloudTrail record: it has no eventSource"],
    [{ ...envelope, detail: "text" }, "the envelope's detail is not an object"],
    [{ ...record, eventName: "" }, "the record has no eventName"],
    [{ ...record, eventID: undefined }, "the record has no eventID"],
    [{ ...record, eventTime: 7 }, "the record has no eventTime"],
    [{ ...record, awsRegion: null }, "the record has no awsRegion"],
    [{ ...record, recipientAccountId: undefined, userIdentity: {} }, "the record names no account"],
    [{ ...record, requestParameters: null }, "the record has no requestParameters"],
    [{ ...change, detail: { NotebookInstanceStatus: "InService" } }, "the state change names no notebook instance"],
    [{ ...change, id: undefined }, "the envelope lacks id, time, account or region"],
  ])("finds %j malformed", (event, because) => expect(parse(event)).toMatchObject({ is: "malformed", because }));

  it.each([
    [{ arn: "arn:aws:iam::111122223333:user/ana" }, "arn:aws:iam::111122223333:user/ana"],
    [
      { sessionContext: { sessionIssuer: { arn: "arn:aws:iam::111122223333:role/ds" } } },
      "arn:aws:iam::111122223333:role/ds",
    ],
    [{ onBehalfOf: { userId: "544894e8-80c1-707f" } }, "544894e8-80c1-707f"],
    [{ userName: "ana" }, "ana"],
    [{ invokedBy: "sagemaker.amazonaws.com" }, "sagemaker.amazonaws.com"],
    [{ principalId: "AIDA" }, "AIDA"],
    [null, "unknown"],
  ])("names the caller %j", (userIdentity, principal) =>
    expect(parse({ ...record, userIdentity })).toMatchObject({ principal }),
  );
});
