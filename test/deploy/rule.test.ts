import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { callPattern, excludedOperations, notebookPattern, profilerPattern } from "../../lib/catalogue/rule.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import { unjudgeable, withoutDataGroup } from "../../lib/catalogue/without-data/list.ts";
import { actPermissions, lookUpPermissions } from "../../scripts/permissions.ts";
import { keyMembers, sdkOperations } from "../support/sdk-schemas.ts";
import { callEvent, matches } from "./event-pattern.ts";

/** Takes the catalogue's names of operations. */
function wakes(operation: string, more?: object): boolean {
  const { name, eventSource, source } = serviceOf(operation);
  return matches(callPattern, { ...callEvent(name, { eventSource, ...more }), source });
}
const sdk = sdkOperations();

describe("the rule for calls", () => {
  it.each(judgedOperations.filter(({ operation }) => operation !== "UpdateTrainingJob"))(
    "is woken by $operation",
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
  ])("receives %s, which the catalogue does not have", (name) => expect(wakes(name)).toBe(true));

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
    "datazone:CreateTrainingJob",
  ])("sleeps through %s", (name) => expect(wakes(name)).toBe(false));

  it("sleeps through everything that the function itself calls", () => {
    const own = [...lookUpPermissions(), ...actPermissions()].flatMap(({ actions }) =>
      actions.map((action) => action.split(":")[1] ?? ""),
    );
    expect(own).not.toEqual([]);
    expect(own.filter((name) => wakes(name))).toEqual([]);
  });

  it("sleeps through failed calls, other services and other detail types", () => {
    expect(wakes("CreateTrainingJob", { errorCode: "AccessDenied" })).toBe(false);
    expect(wakes("CreateTrainingJob", { eventSource: "bedrock.amazonaws.com" })).toBe(false);
    const event = { ...callEvent("CreateTrainingJob"), "detail-type": "AWS Service Event via CloudTrail" };
    expect(matches(callPattern, event)).toBe(false);
  });

  it("leaves out no operation of the SDK that has a key", () => {
    const keyed = [...sdk].filter(([name, { input }]) => keyMembers(name, input).length > 0).map(([name]) => name);
    expect(keyed).not.toEqual([]);
    // The prefix that keeps one out is in lib/catalogue/rule.ts.
    expect(keyed.filter((name) => !wakes(name))).toEqual([]);
  });

  it("leaves out nothing in vain", () => {
    // Calls of the data plane, which the SDK has in packages of their own.
    const elsewhere = ["BatchGet", "Invoke", "PutRecord", "BatchPutMetrics"];
    const prefixes = excludedOperations.flatMap(({ prefixes }) => prefixes as readonly string[]);
    // DataZone's calls are let through by their names.
    const others = [...sdk.keys()].map(serviceOf).filter(({ service }) => service !== "datazone");
    const idle = prefixes.filter((prefix) => !others.some(({ name }) => name.startsWith(prefix)));
    expect(idle).toEqual(elsewhere);
  });

  it("fits into a rule", () => expect(JSON.stringify(callPattern).length).toBeLessThanOrEqual(2_048));
});

describe("the rules together", () => {
  const woken = (folder: string, file: string) => {
    const event = JSON.parse(readFileSync(`events/${folder}/${file}`, "utf8"));
    return [callPattern, profilerPattern, notebookPattern].some((pattern) => matches(pattern, event));
  };
  const folders = readdirSync("events", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const judged = folders.map(({ name }) => name).filter((name) => name !== "ignored" && name !== "malformed");

  it.each(judged)("let through what is to be judged in events/%s", (folder) => {
    const files = readdirSync(`events/${folder}`).filter((file) => !file.startsWith("ignored"));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !woken(folder, file))).toEqual([]);
  });

  it("keep out what is ignored by its name, its outcome or its source", () => {
    // A call without data today may be given a key: it can only be ignored once its request has been read.
    expect(readdirSync("events/ignored").filter((file) => woken("ignored", file))).toEqual([
      "no-key-member.json",
      "without-data.json",
    ]);
    expect(woken("state-change", "ignored-stopping.json")).toBe(false);
  });
});

/**
 * Calls without a key today that wake the function all the same: people and pipelines make them, not clocks, and each
 * creates, changes or starts something that may be given a key in the next release. Judging one costs no AWS call.
 */
it("wakes for nothing of the SDK's that nobody has reviewed", () => {
  const catalogued = new Set<string>(judgedOperations.map(({ operation }) => operation));
  const known = (name: string) =>
    catalogued.has(name) || withoutDataGroup(name) || unjudgeable.some(({ operation }) => operation === name);
  // The advice is in test/catalogue/without-data.test.ts.
  expect([...sdk.keys()].filter((name) => wakes(name) && !known(name))).toEqual([]);
});

describe("the rule for profilers", () => {
  const wakesFor = (requestParameters: object, more?: object) =>
    matches(profilerPattern, callEvent("UpdateTrainingJob", { requestParameters, ...more }));

  it.each([
    { profilerConfig: { s3OutputPath: "s3://b/p" } },
    { profilerRuleConfigurations: [{ ruleConfigurationName: "r" }, { s3OutputPath: "s3://b/r" }] },
    { profilerConfig: { s3OutputPath: "s3://b/p" }, resourceConfig: { keepAlivePeriodInSeconds: 0 } },
  ])("is woken by another output: %j", (request) => expect(wakesFor(request)).toBe(true));

  it.each([
    { resourceConfig: { keepAlivePeriodInSeconds: 0 } },
    { profilerConfig: { disableProfiler: true } },
    { profilerRuleConfigurations: [{ ruleConfigurationName: "r" }] },
  ])("sleeps through the function's own call, and through what names no output: %j", (request) =>
    expect(wakesFor(request)).toBe(false),
  );

  it("sleeps through a call that failed", () => {
    expect(wakesFor({ profilerConfig: { s3OutputPath: "s3://b/p" } }, { errorCode: "Validation" })).toBe(false);
  });
});

describe("the rule for notebooks", () => {
  const change = (NotebookInstanceStatus: string) => ({
    source: "aws.sagemaker",
    "detail-type": "SageMaker Notebook Instance State Change",
    detail: { NotebookInstanceStatus },
  });
  it("is woken when one can be stopped, and not before", () => {
    expect(matches(notebookPattern, change("InService"))).toBe(true);
    expect(matches(notebookPattern, change("Pending"))).toBe(false);
    expect(matches(notebookPattern, change("Stopped"))).toBe(false);
  });
});
