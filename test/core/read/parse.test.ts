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

const lacks = (of: string, member: string) => ({ code: "member-missing", of, member });

describe("parse", () => {
  it("reads an envelope and the bare record in the same way", () => {
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

  it("reads a notebook's state change, and what its tags say of an event", () => {
    expect(parse(change)).toMatchObject({ is: "state-change", name: "nb", status: "InService" });
    expect(parse(change)).toMatchObject({ tagged: { eventID: "e", checked: undefined } });
    const Tags = [
      { Key: "keyward:event", Value: "e" },
      { Key: "keyward:checked", Value: "2026-11-02T09:15:00Z" },
    ];
    expect(parse({ ...change, detail: { ...change.detail, Tags } })).toMatchObject({
      tagged: { eventID: "e", checked: "2026-11-02T09:15:00Z" },
    });
    expect(parse({ ...change, detail: { ...change.detail, Tags: undefined } })).not.toHaveProperty("tagged");
  });

  it.each([
    { omitted: true, originalSize: 149893, reason: "x" },
    { omitted: "true", reason: "x" },
  ])("recognises parameters that CloudTrail omitted: %j", (requestParameters) =>
    expect(parse({ ...record, requestParameters })).toMatchObject({ request: "omitted" }),
  );

  it.each([
    [{ eventSource: "s3.amazonaws.com" }, { code: "other-source", source: "s3.amazonaws.com" }],
    [{ errorCode: "AccessDenied" }, { code: "call-failed", errorCode: "AccessDenied" }],
    [{ eventType: "AwsServiceEvent" }, { code: "service-event" }],
    [{ readOnly: true }, { code: "creates-nothing" }],
    [{ eventName: "DescribeTrainingJob" }, { code: "creates-nothing" }],
    [{ eventName: "CreateWorkteam", requestParameters: null }, { code: "no-parameters" }],
  ])("ignores %j", (change, reason) => {
    expect(parse({ ...record, ...change })).toMatchObject({ is: "ignored", reason });
    expect(parse({ ...envelope, detail: { ...record, ...change } })).toMatchObject({ is: "ignored", reason });
  });

  it.each([
    [{ source: "my.app" }, { code: "other-source", source: "my.app" }],
    [{ "detail-type": "AWS Service Event via CloudTrail" }, { code: "service-event" }],
    [
      { "detail-type": "SageMaker Model State Change" },
      { code: "other-detail-type", type: "SageMaker Model State Change" },
    ],
  ])("ignores an envelope with %j", (other, reason) =>
    expect(parse({ ...envelope, ...other })).toMatchObject({ is: "ignored", reason }),
  );

  it("ignores a state change to any status other than InService", () => {
    const stopped = { ...change, detail: { ...change.detail, NotebookInstanceStatus: "Stopped" } };
    expect(parse(stopped)).toMatchObject({ is: "ignored", reason: { code: "not-in-service", status: "Stopped" } });
  });

  it.each([
    [null, { code: "not-an-object" }],
    [[1], { code: "not-an-object" }],
    ["text", { code: "not-an-object" }],
    [{}, lacks("record", "eventSource")],
    [{ ...envelope, detail: "text" }, { code: "detail-not-an-object" }],
    [{ ...record, eventName: "" }, lacks("record", "eventName")],
    [{ ...record, eventID: undefined }, lacks("record", "eventID")],
    [{ ...record, eventTime: 7 }, lacks("record", "eventTime")],
    [{ ...record, awsRegion: null }, lacks("record", "awsRegion")],
    [{ ...record, recipientAccountId: undefined, userIdentity: {} }, lacks("record", "recipientAccountId")],
    [{ ...record, requestParameters: null }, lacks("record", "requestParameters")],
    [{ ...change, detail: { NotebookInstanceStatus: "InService" } }, lacks("state change", "NotebookInstanceName")],
    [{ ...change, id: undefined }, lacks("envelope", "id")],
  ])("finds %j malformed", (event, reason) => expect(parse(event)).toMatchObject({ is: "malformed", reason }));

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
