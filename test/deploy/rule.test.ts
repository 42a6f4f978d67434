import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import {
  callPattern,
  excludedOfDataZone,
  excludedOperations,
  notebookPattern,
  profilerPattern,
} from "../../lib/catalogue/rule.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import { unjudgeable, withoutDataGroup } from "../../lib/catalogue/without-data/list.ts";
import { CANARY_CALL, canaryName } from "../../lib/core/model/canary.ts";
import { matches } from "../../lib/local/event-pattern.ts";
import { actPermissions, lookUpPermissions } from "../../scripts/permissions.ts";
import { keyMembers, sdkOperations } from "../support/sdk-schemas.ts";
import { callEvent } from "./call-event.ts";

/** Takes the catalogue's names of operations. */
function wakes(operation: string, more?: object): boolean {
  const { name, eventSource, source } = serviceOf(operation);
  return matches(callPattern, { ...callEvent(name, { eventSource, ...more }), source });
}
const sdk = sdkOperations();

describe("the rule for calls", () => {
  it.each(judgedOperations.filter(({ operation }) => operation !== "UpdateTrainingJob"))(
    "invokes the function for $operation",
    ({ operation }) => {
      expect(wakes(operation)).toBe(true);
    },
  );

  it.each([
    "CreateQuantumJob",
    "PutFoo",
    "RegisterFoo",
    "ImportFoo",
    "StartFoo",
    "UpdateFoo",
    "BatchCreateFoo",
    "AttachFoo",
    "UpsertFoo",
    "sagemaker-geospatial:StartFoo",
    "datazone:CreateFoo",
    "datazone:PutFoo",
    "datazone:StartNotebookFoo",
    "datazone:UpdateDomainFoo",
  ])("invokes the function for %s, which is not in the catalogue", (name) => expect(wakes(name)).toBe(true));

  it.each([
    "CreatePresignedDomainUrl",
    "CreatePresignedNotebookInstanceUrl",
    "CreatePartnerAppPresignedUrl",
    "CreateHubContentPresignedUrls",
    "CreateTrialComponent",
    "UpdateTrialComponent",
    "CreateExperiment",
    "CreateArtifact",
    "AddAssociation",
    "UpdateEndpointWeightsAndCapacities",
    "InvokeEndpoint",
    "PutRecord",
    "BatchPutMetrics",
    "DescribeTrainingJob",
    "DeleteEndpoint",
    "sagemaker-geospatial:GetTile",
    "sagemaker-geospatial:StopEarthObservationJob",
    "sagemaker-geospatial:TagResource",
    "datazone:CreateAsset",
    "datazone:GetDomain",
    "datazone:PostLineageEvent",
    "datazone:StopNotebookRun",
    "datazone:AcceptSubscriptionRequest",
    "datazone:UntagResource",
  ])("excludes %s", (name) => expect(wakes(name)).toBe(false));

  it("excludes every call of the function itself", () => {
    const own = [...lookUpPermissions(), ...actPermissions()].flatMap(({ actions }) =>
      actions.map((action) => action.split(":")[1] ?? ""),
    );
    expect(own).not.toEqual([]);
    expect(own.filter((name) => wakes(name))).toEqual([]);
  });

  it("excludes failed calls, other services and other detail types", () => {
    expect(wakes("CreateTrainingJob", { errorCode: "AccessDenied" })).toBe(false);
    expect(wakes("CreateTrainingJob", { eventSource: "bedrock.amazonaws.com" })).toBe(false);
    const event = { ...callEvent("CreateTrainingJob"), "detail-type": "AWS Service Event via CloudTrail" };
    expect(matches(callPattern, event)).toBe(false);
  });

  it("includes every SDK operation with a key", () => {
    const keyed = [...sdk].filter(([name, { input }]) => keyMembers(name, input).length > 0).map(([name]) => name);
    expect(keyed).not.toEqual([]);
    // The prefix that excludes such an operation is in lib/catalogue/rule.ts.
    expect(keyed.filter((name) => !wakes(name))).toEqual([]);
  });

  it("has no excluded prefix without an operation", () => {
    // The SDK has the calls of the data plane in other packages.
    const elsewhere = ["BatchGet", "Invoke", "PutRecord", "BatchPutMetrics"];
    const prefixes = excludedOperations.flatMap(({ prefixes }) => prefixes as readonly string[]);
    const idle = (all: readonly string[], isDataZone: boolean) => {
      const ofService = [...sdk.keys()].map(serviceOf).filter(({ service }) => (service === "datazone") === isDataZone);
      return all.filter((prefix) => !ofService.some(({ name }) => name.startsWith(prefix)));
    };
    expect(idle(prefixes, false)).toEqual(elsewhere);
    const ofDataZone = excludedOfDataZone.flatMap(({ prefixes }) => prefixes as readonly string[]);
    expect(idle(ofDataZone, true)).toEqual([]);
  });

  it("has a size that EventBridge accepts", () =>
    expect(JSON.stringify(callPattern).length).toBeLessThanOrEqual(2_048));
});

describe("the rules together", () => {
  const woken = (folder: string, file: string) => {
    const event = JSON.parse(readFileSync(`events/${folder}/${file}`, "utf8"));
    return [callPattern, profilerPattern, notebookPattern].some((pattern) => matches(pattern, event));
  };
  const folders = readdirSync("events", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const judged = folders.map(({ name }) => name).filter((name) => name !== "ignored" && name !== "malformed");

  it.each(judged)("include every judged event in events/%s", (folder) => {
    const files = readdirSync(`events/${folder}`).filter((file) => !file.startsWith("ignored"));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !woken(folder, file))).toEqual([]);
  });

  it("exclude the events that are ignored by name, outcome or source", () => {
    // A call without data today may get a key member. It can only be ignored after its request was read.
    expect(readdirSync("events/ignored").filter((file) => woken("ignored", file))).toEqual([
      "model-of-hub-content.json",
      "no-key-member.json",
      "without-data.json",
    ]);
    expect(woken("state-change", "ignored-stopping.json")).toBe(false);
  });
});

/**
 * Calls without a key today that still invoke the function: people and pipelines make them, not schedules, and each
 * creates, changes or starts something that may get a key in the next release. Judging one costs no AWS call.
 */
it("the rule for calls includes no SDK operation that nobody has reviewed", () => {
  const catalogued = new Set<string>(judgedOperations.map(({ operation }) => operation));
  const known = (name: string) =>
    catalogued.has(name) || withoutDataGroup(name) || unjudgeable.some(({ operation }) => operation === name);
  // The advice is in test/catalogue/without-data.test.ts.
  expect([...sdk.keys()].filter((name) => wakes(name) && !known(name))).toEqual([]);
});

describe("the real call of a canary", () => {
  it("is matched by the rule for calls, and its deletion is not", () => {
    expect(wakes(CANARY_CALL)).toBe(true);
    expect(wakes(CANARY_CALL.replace("Create", "Delete"))).toBe(false);
    expect(withoutDataGroup(CANARY_CALL)).toBeDefined();
  });

  it("has a name that SageMaker takes", () => {
    const name = canaryName("3f0c2a9e-7d1b-4c55-9a3e-000000000001");
    // CreateNotebookInstanceLifecycleConfig, API Reference.
    expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/);
    expect(name.length).toBeLessThanOrEqual(63);
  });
});

describe("the rule for profilers", () => {
  const wakesFor = (requestParameters: object, more?: object) =>
    matches(profilerPattern, callEvent("UpdateTrainingJob", { requestParameters, ...more }));

  it.each([
    { profilerConfig: { s3OutputPath: "s3://b/p" } },
    { profilerRuleConfigurations: [{ ruleConfigurationName: "r" }, { s3OutputPath: "s3://b/r" }] },
    { profilerConfig: { s3OutputPath: "s3://b/p" }, resourceConfig: { keepAlivePeriodInSeconds: 0 } },
  ])("includes a change of the output: %j", (request) => expect(wakesFor(request)).toBe(true));

  it.each([
    { resourceConfig: { keepAlivePeriodInSeconds: 0 } },
    { profilerConfig: { disableProfiler: true } },
    { profilerRuleConfigurations: [{ ruleConfigurationName: "r" }] },
  ])("excludes the function's own call, and a call that names no output: %j", (request) =>
    expect(wakesFor(request)).toBe(false),
  );

  it("excludes a failed call", () => {
    expect(wakesFor({ profilerConfig: { s3OutputPath: "s3://b/p" } }, { errorCode: "Validation" })).toBe(false);
  });
});

describe("the rule for notebooks", () => {
  const change = (NotebookInstanceStatus: string) => ({
    source: "aws.sagemaker",
    "detail-type": "SageMaker Notebook Instance State Change",
    detail: { NotebookInstanceStatus },
  });
  it("includes a notebook as soon as it can be stopped, and not before", () => {
    expect(matches(notebookPattern, change("InService"))).toBe(true);
    expect(matches(notebookPattern, change("Pending"))).toBe(false);
    expect(matches(notebookPattern, change("Stopped"))).toBe(false);
  });
});
