import { describe, expect, it } from "vitest";
import { unjudgeable, withoutData } from "../../../lib/catalogue/without-data/list.ts";
import { dryRun } from "../../../lib/core/plan/dry-run.ts";
import { parse } from "../../../lib/core/read/parse.ts";
import { ACCOUNT, KEY, policyOf, REGION, verdictOf } from "../../support/build.ts";

const recordOf = (
  eventSource: string,
  eventName: string,
  requestParameters: unknown,
  responseElements: unknown = null,
) => ({
  eventID: "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
  eventTime: "2026-11-02T09:15:00Z",
  eventSource,
  eventName,
  awsRegion: REGION,
  recipientAccountId: ACCOUNT,
  requestParameters,
  responseElements,
});
const SAGEMAKER = "sagemaker.amazonaws.com";
const DATAZONE = "datazone.amazonaws.com";
const decided = (...call: Parameters<typeof recordOf>) => dryRun(recordOf(...call), policyOf(), new Date(0)).decision;

describe("two services with an operation of the same name", () => {
  it("are distinguished by the event source", () => {
    expect(parse(recordOf(SAGEMAKER, "CreateDomain", {}))).not.toHaveProperty("operation");
    expect(parse(recordOf(DATAZONE, "CreateDomain", {}))).toMatchObject({
      eventName: "CreateDomain",
      operation: "datazone:CreateDomain",
    });
  });

  it("are each judged by their own row", () => {
    const studio = { domainName: "d", kmsKeyIdentifier: KEY };
    expect(decided(SAGEMAKER, "CreateDomain", studio)).toMatchObject({
      resource: { kind: "domain" },
      verdict: "non-compliant",
    });
    expect(decided(DATAZONE, "CreateDomain", studio)).toMatchObject({
      resource: { kind: "datazone-domain" },
      verdict: "compliant",
      settings: [{ path: "kmsKeyIdentifier" }],
    });
    expect(decided(DATAZONE, "CreateDomain", { name: "d", kmsKeyId: KEY })).toMatchObject({ verdict: "non-compliant" });
  });

  it("have their own operations: the name of one service's operation is unknown in the other", () => {
    expect(decided(DATAZONE, "CreateTrainingJob", {})).toMatchObject({ resource: { kind: "unknown" } });
    expect(decided(SAGEMAKER, "StartEarthObservationJob", {})).toMatchObject({ resource: { kind: "unknown" } });
  });

  it("are the only services that are judged", () => {
    expect(decided("glue.amazonaws.com", "CreateDomain", {}).reason?.code).toBe("other-source");
    expect(decided("__proto__", "CreateDomain", {}).reason?.code).toBe("other-source");
  });
});

describe("a resource of another service", () => {
  it("is reported, but not tagged or stopped, for any policy", () => {
    expect(decided(DATAZONE, "CreateDomain", { name: "d" }).actions).toMatchObject([
      { do: "tag", outcome: "skipped", reason: { code: "reported-only" } },
      { do: "stop", outcome: "skipped", reason: { code: "reported-only" } },
      { do: "notify", outcome: "planned" },
    ]);
  });
});

describe("a notebook run, whose request takes no key", () => {
  const run = (storageConfiguration?: object) =>
    decided(DATAZONE, "StartNotebookRun", { notebookIdentifier: "nb" }, { id: "run", storageConfiguration });
  it("is judged by the key in the response", () => {
    expect(run({ projectS3Path: "s3://b/p", kmsKeyArn: KEY }).verdict).toBe("compliant");
    expect(run({ projectS3Path: "s3://b/p" }).verdict).toBe("non-compliant");
    expect(run().verdict).toBe("undetermined");
  });
});

describe("a creating call that is not in the catalogue", () => {
  it.each([
    "CreateFoo",
    "StartFoo",
    "RegisterFoo",
    "ImportFoo",
    "PutFoo",
    "UpdateFoo",
    "sagemaker-geospatial:ExportFoo",
  ])("%s is undetermined without a key member, and only reported", (name) => {
    expect(verdictOf(name, {})).toMatchObject({
      resource: { kind: "unknown" },
      verdict: "undetermined",
      reason: { code: "unknown-operation" },
    });
  });

  it.each([null, undefined, {}])("is undetermined if CloudTrail writes %j for its parameters", (parameters) => {
    expect(decided(SAGEMAKER, "CreateFoo", parameters)).toMatchObject({
      verdict: "undetermined",
      actions: [
        { do: "tag", outcome: "skipped", reason: { code: "unknown-operation" } },
        { do: "notify", outcome: "planned" },
      ],
    });
  });

  it("is undetermined if its parameters were omitted because of their size", () => {
    const omitted = { requestParameters: "omitted", omitted: true, originalSize: 200_000, reason: "size" };
    expect(decided(SAGEMAKER, "CreateFoo", omitted).verdict).toBe("undetermined");
  });

  it.each(["AssociateFoo", "SendFoo", "InvokeEndpoint"])("does not include %s", (name) => {
    expect(verdictOf(name, {})).toMatchObject({ verdict: "ignored", reason: { code: "takes-no-key" } });
  });
});

describe("an operation on the reviewed list", () => {
  const listed = withoutData.flatMap(({ operations, because }) =>
    operations.map((operation) => ({ operation, because })),
  );
  it.each(listed)("$operation is ignored: $because", ({ operation, because }) => {
    expect(verdictOf(operation, {})).toMatchObject({ verdict: "ignored", reason: { code: "without-data", because } });
  });

  it("is undetermined if its request names a key", () => {
    expect(verdictOf("CreateProject", { storage: { kmsKeyId: KEY } })).toMatchObject({
      verdict: "undetermined",
      settings: [{ path: "Storage.KmsKeyId" }],
    });
  });

  it("is undetermined if a member says that it stores data", () => {
    const managed = { ManagedConfiguration: { ManagedStorageType: "Restricted" } };
    expect(verdictOf("CreateModelPackageGroup", managed).verdict).toBe("undetermined");
    expect(verdictOf("CreateModelPackageGroup", { managedConfiguration: null }).verdict).toBe("ignored");
  });

  it.each(unjudgeable)("does not include $operation, which is always reported", ({ operation }) => {
    expect(verdictOf(operation, {}).verdict).toBe("undetermined");
  });
});
