import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { services } from "../../lib/catalogue/services.ts";
import { LOG_LIMIT, readLog } from "../../lib/cloudtrail/read-log.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { unpack } from "../../lib/files/gunzip.ts";
import { eventHead, sageMakerRecord } from "../bench/corpus-sagemaker.ts";
import { randomOf } from "../long/random.ts";
import { policyOf } from "../support/build.ts";

const random = randomOf(11);
const records = Array.from({ length: 40 }, (_, i) =>
  sageMakerRecord(random, eventHead(random, "111122223333", "us-east-1", new Date(i * 1e6)), 1),
);
const policy = policyOf({ keys: { accept: "customer-managed" } });

/** The decision about each call, or the result as it is if the file cannot be read. */
function decided(bytes: Buffer): unknown {
  const log = readLog(unpack(bytes, LOG_LIMIT));
  return log.is === "read" ? log.calls.map((call) => dryRun(call, policy, new Date(0)).decision) : log;
}

const expected = records.map((record) => dryRun(record, policy, new Date(0)).decision);

/** As Athena returns it: lower-cased columns and struct fields, parameters as text, absent ones as null. */
function rowOf(record: JsonObject): JsonObject {
  const lower = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), lower(member)]))
      : value;
  const { requestParameters, responseElements, readOnly, tlsDetails: _, ...rest } = record;
  return {
    ...(lower(rest) as JsonObject),
    requestparameters: JSON.stringify(requestParameters),
    responseelements: JSON.stringify(responseElements),
    readonly: String(readOnly),
    errorcode: null,
  };
}

const sqsMessage = (body: unknown) => ({ eventSource: "aws:sqs", messageId: "m", body: JSON.stringify(body) });
const receivedMessage = (body: unknown) => ({ MessageId: "m", ReceiptHandle: "r", Body: JSON.stringify(body) });
const mail = (message: unknown) => ({
  Type: "Notification",
  TopicArn: "arn:aws:sns:us-east-1:111122223333:calls",
  Message: JSON.stringify(message),
});

const csvCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe("query results give the same decisions as the log itself", () => {
  it.each([
    ["Athena's UNLOAD", gzipSync(records.map((record) => JSON.stringify(rowOf(record))).join("\n"))],
    [
      "Athena's UNLOAD of one row after another",
      gzipSync(`${records.map((one) => JSON.stringify(rowOf(one))).join("\n")}\n`),
    ],
    ["Lake's saved results", gzipSync(`eventJson\n${records.map((one) => csvCell(JSON.stringify(one))).join("\n")}\n`)],
    [
      "Lake's saved results with another column, in Windows' lines",
      Buffer.from(
        `"eventID","eventJson"\r\n${records.map((one) => `a"b,${csvCell(JSON.stringify(one))}`.replace('a"b', "ab")).join("\r\n")}`,
      ),
    ],
    [
      "get-query-results",
      Buffer.from(
        JSON.stringify({
          QueryStatus: "FINISHED",
          QueryResultRows: records.map((one) => [{ eventJson: JSON.stringify(one) }]),
        }),
      ),
    ],
    ["SQS messages in Lambda's form", Buffer.from(JSON.stringify({ Records: records.map(sqsMessage) }))],
    ["aws sqs receive-message", Buffer.from(JSON.stringify({ Messages: records.map(receivedMessage) }))],
    [
      "SNS messages in Lambda's form",
      Buffer.from(JSON.stringify({ Records: records.map((one) => ({ Sns: mail(one) })) })),
    ],
    ["SNS in SQS, as JSON Lines", Buffer.from(records.map((one) => JSON.stringify(sqsMessage(mail(one)))).join("\n"))],
  ])("in the form: %s", (_what, bytes) => expect(decided(bytes)).toEqual(expected));
});

it("calls that are skipped by name are counted, and the others stay the same", () => {
  const bytes = gzipSync(JSON.stringify({ Records: records }));
  const isSkipped = (eventName: string) => eventName.startsWith("Create");
  const log = readLog(unpack(bytes, LOG_LIMIT), { isSkipped });
  const kept = records.filter(({ eventName }) => !String(eventName).startsWith("Create"));
  expect(log).toEqual({ is: "read", calls: kept, skipped: records.length - kept.length });
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(records.length);
});

it("a call is not skipped because an object inside it has the name of a skipped call", () => {
  const source = { eventSource: "sagemaker.amazonaws.com", eventName: "DescribeEndpoint" };
  const odd = { ...records[0], userIdentity: source };
  const log = readLog(unpack(gzipSync(JSON.stringify({ Records: [odd] })), LOG_LIMIT), {
    isSkipped: (eventName) => eventName === "DescribeEndpoint",
  });
  expect(log).toEqual({ is: "read", calls: [odd], skipped: 0 });
});

it("the calls of every service are found, and each is skipped by its own name only", () => {
  const of = (eventSource: string, eventName: string, more: object = {}) => ({
    ...{ eventVersion: "1.11", ...more },
    ...{ eventSource, eventName, awsRegion: "us-east-1" },
  });
  const by = (invokedBy: string) => ({ userIdentity: { type: "AWSService", invokedBy } });
  const [sageMaker, geospatial, studio] = services.map(({ eventSource }) => eventSource) as [string, string, string];
  const mixed = [
    of(studio, "CreateDomain"),
    of("s3.amazonaws.com", "GetObject", by(studio)),
    of(sageMaker, "CreateDomain", by(studio)),
    of(geospatial, "StartEarthObservationJob"),
    of(studio, "CreateTrainingJob"),
    of("sts.amazonaws.com", "AssumeRole", by(sageMaker)),
    of(sageMaker, "CreateTrainingJob"),
    of(studio, "CreateDomain"),
  ];
  const bytes = gzipSync(JSON.stringify({ Records: mixed }));
  const all = mixed.filter(({ eventSource }) => services.some((one) => one.eventSource === eventSource));
  expect(readLog(unpack(bytes, LOG_LIMIT))).toEqual({ is: "read", calls: all, skipped: 0 });
  const isSkipped = (name: string, source: string) => name === "CreateDomain" && source === studio;
  const kept = all.filter(({ eventSource, eventName }) => !isSkipped(eventName, eventSource));
  expect(readLog(unpack(bytes, LOG_LIMIT), { isSkipped })).toEqual({ is: "read", calls: kept, skipped: 2 });
});

it.each([
  [
    "a row whose parameters are cut short",
    `${JSON.stringify({ ...rowOf(records[0] ?? {}), requestparameters: '{"a":' })}`,
    "damaged",
  ],
  ["a table whose record is cut short", 'eventJson\n"{""a"":"\n', "damaged"],
  ["a table whose quotes do not close", 'eventJson\n"{""a"":1}', "damaged"],
  ["a table of something else", "a,b\n1,2\n", "foreign"],
  ["lines of which one is cut short", `${JSON.stringify(records[0])}\n{"eventSource":`, "damaged"],
  ["an answer without events", '{"Events":[]}', "read"],
  ["blanks", " \n ", "damaged"],
  ["nesting without end", "[".repeat(100_000), "damaged"],
])("%s is read as %s", (_what, text, is) => expect(readLog(unpack(Buffer.from(text), LOG_LIMIT)).is).toBe(is));
