import { describe, expect, it } from "vitest";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { serviceOf, services } from "../../lib/catalogue/services.ts";
import type { Locations, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { coreVerdicts, type Verdicts } from "./compare.ts";
import { notWalked, walked } from "./random-case.ts";
import { reportOf } from "./report.ts";
import { rows, settingsRow } from "./rows.ts";
import { run } from "./run.ts";

/** `npm run oracle` makes 100,000 requests. These are enough to cover every fact of the catalogue. */
const REQUESTS = 150 * walked.length;
const SEED = 7;

const agreement = run(REQUESTS, SEED);

describe("the core and the oracle", () => {
  it("agree on random requests of every operation", () => {
    expect(agreement.disagreement).toBeUndefined();
    expect(agreement.requests).toBe(REQUESTS);
  });

  it("walk the operations of every service, all but those that the SDK does not have", () => {
    expect(new Set(walked.map((name) => serviceOf(name).service))).toEqual(new Set(services.map((one) => one.service)));
    const fromReference = judgedOperations.filter((row) => "source" in row && row.source === "reference");
    expect(notWalked).toEqual(fromReference.map(({ operation }) => operation));
  });

  it("have covered every setting with an accepted key, and as a finding", () => {
    const notMet = walked.flatMap((operation) =>
      settingsRow(operation, rows).settings.flatMap(({ protects }) => {
        const counts = agreement.verdicts.get(`${operation} ${protects}`);
        const found = (counts?.get("missing") ?? 0) + (counts?.get("rejected") ?? 0);
        return counts?.get("accepted") && found > 0 ? [] : [`${operation} ${protects}`];
      }),
    );
    expect(notMet).toEqual([]);
  });

  it("both know every member of the vocabulary: add a new one to test/oracle/expected.ts", () => {
    const known: Record<keyof Setting, true> = {
      path: true,
      protects: true,
      when: true,
      instanceTypes: true,
      mixed: true,
      element: true,
      twin: true,
      elsewhere: true,
      without: true,
      describedAt: true,
      alternatives: true,
      describedWhen: true,
      ifGiven: true,
      serverless: true,
      takesNone: true,
      localStorage: true,
      conditionKey: true,
      page: true,
    };
    const used = walked.flatMap((operation) =>
      settingsRow(operation, rows).settings.flatMap((one) => Object.keys(one)),
    );
    expect([...new Set(used)].filter((member) => !Object.hasOwn(known, member))).toEqual([]);
  });
});

interface Tampered {
  readonly what: string;
  readonly row: Operation;
}

/** Every row with one of its facts changed at a time. */
function* tamperedRows(row: Operation): Generator<Tampered> {
  for (const [i, setting] of row.settings.entries()) {
    for (const [what, changed] of tamperedSettings(setting)) {
      const settings = row.settings.with(i, changed as Setting);
      yield { what: `${row.operation} ${setting.protects} ${setting.path}: ${what}`, row: { ...row, settings } };
    }
    yield { what: `${row.operation} ${setting.path}: gone`, row: { ...row, settings: row.settings.toSpliced(i, 1) } };
  }
  for (const use of ["unkeyed", "output", "input"] as const) {
    for (const path of row.locations?.[use] ?? []) {
      const left: Locations = { ...row.locations, [use]: row.locations?.[use]?.filter((one) => one !== path) };
      yield { what: `${row.operation} ${path}: not a place`, row: { ...row, locations: left } };
    }
  }
  for (const path of Object.keys(row.locations?.when ?? {})) {
    const { [path]: _, ...when } = row.locations?.when ?? {};
    yield { what: `${row.operation} ${path}: written always`, row: { ...row, locations: { ...row.locations, when } } };
  }
  if (row.refersTo?.length) yield { what: `${row.operation}: refers to nothing`, row: { ...row, refersTo: [] } };
}

const MEMBERS = [
  "alternatives",
  "describedWhen",
  "elsewhere",
  "ifGiven",
  "localStorage",
  "mixed",
  "serverless",
  "takesNone",
  "twin",
] as const;

function* tamperedSettings(setting: Setting): Generator<readonly [string, Partial<Setting>]> {
  const { when = [], instanceTypes = [], element } = setting;
  for (const [i, { path }] of when.entries())
    yield [`without the condition on ${path}`, { ...setting, when: when.toSpliced(i, 1) }];
  for (const [i, path] of instanceTypes.entries()) {
    yield [`without the types at ${path}`, { ...setting, instanceTypes: instanceTypes.toSpliced(i, 1) }];
  }
  if (element) yield ["the other elements", { ...setting, element: { ...element, is: !element.is } }];
  if (element) yield ["no element is needed", { ...setting, element: { ...element, required: !element.required } }];
  for (const member of MEMBERS) {
    const { [member]: value, ...rest } = setting;
    if (value !== undefined) yield [`without ${member}`, rest];
  }
}

/** Changes that no valid request can show, each with the reason. Remove a change from this list once it is found. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  "CreateCluster root-volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: no element is needed":
    "SageMaker takes no key there, so none is missed.",
  "CreateCluster volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: without the condition on RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig":
    "SageMaker takes no key there, so none is missed.",
  "CreateCluster volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: no element is needed":
    "SageMaker takes no key there, so none is missed.",
  "CreateHyperParameterTuningJob output TrainingJobDefinitions[].OutputDataConfig.KmsKeyId: without the condition on TrainingJobDefinitions[]":
    "A list without elements is off by itself.",
  "CreateHyperParameterTuningJob in-transit TrainingJobDefinitions[].EnableInterContainerTrafficEncryption: without the condition on TrainingJobDefinitions[]":
    "A list without elements is off by itself.",
  "CreateModelPackage output ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformOutput.KmsKeyId: without the condition on ValidationSpecification.ValidationProfiles[].TransformJobDefinition":
    "The SDK requires the member in each profile.",
  "CreateModelPackage volume ValidationSpecification.ValidationProfiles[].TransformJobDefinition.TransformResources.VolumeKmsKeyId: without the condition on ValidationSpecification.ValidationProfiles[].TransformJobDefinition":
    "The SDK requires the member in each profile.",
  "UpdateCluster root-volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: no element is needed":
    "SageMaker takes no key there, so none is missed.",
  "UpdateCluster volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: without the condition on RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig":
    "SageMaker takes no key there, so none is missed.",
  "UpdateCluster volume RestrictedInstanceGroups[].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId: no element is needed":
    "SageMaker takes no key there, so none is missed.",
};

/**
 * Operations whose own row is read from the request or from Describe. A followed one has the row of another operation.
 */
const own = walked.filter((operation) => settingsRow(operation, rows).operation === operation);

describe("a wrong fact in a catalogue's row", () => {
  it.each(own)("of %s is found", (operation) => {
    const row = settingsRow(operation, rows);
    const missed = [...tamperedRows(row)].flatMap(({ what, row: tampered }) => {
      const from = new Map(rows).set(operation, tampered);
      const { disagreement } = run(600, SEED, { from, operations: [operation] });
      return disagreement ? [] : [what];
    });
    expect(missed).toEqual(Object.keys(WITHOUT_EFFECT).filter((what) => new RegExp(`^${operation}\\b`).test(what)));
  });
});

describe("a bug in the core", () => {
  const buggy =
    (wrong: (line: string, policy: number) => string): Verdicts =>
    (one, policy) =>
      coreVerdicts(one, policy)
        .map((line) => wrong(line, policy))
        .sort();

  it("that reports a missing key on local storage is found, with its seed and the smallest request", () => {
    // The third policy requires no key for volumes.
    const core = buggy((line, policy) =>
      policy === 2 ? line : line.replace(/^(volume .*) not-applicable$/, "$1 missing"),
    );
    const { disagreement } = run(REQUESTS, SEED, { core, operations: ["CreateTransformJob"] });
    expect(disagreement).toMatchObject({
      operation: "CreateTransformJob",
      onlyCore: ["volume TransformResources.VolumeKmsKeyId missing"],
      onlyOracle: ["volume TransformResources.VolumeKmsKeyId not-applicable"],
    });
    const { TransformResources, ...rest } = (disagreement?.smallest.request ?? {}) as Record<string, unknown>;
    expect(rest).toEqual({});
    expect(Object.keys(TransformResources ?? {})).toEqual(["InstanceType"]);
    const [head = ""] = reportOf({ ...agreement, ...(disagreement && { disagreement }) }, 1);
    expect(head).toBe(
      `The core and the oracle differ on CreateTransformJob, seed ${disagreement?.seed}, policy ${disagreement?.policy}:`,
    );
  });

  it("that accepts a rejected key is found", () => {
    const core = buggy((line) => line.replace(/rejected$/, "accepted"));
    expect(run(REQUESTS, SEED, { core }).disagreement).toBeDefined();
  });

  it("that omits a setting is found", () => {
    const core: Verdicts = (one, policy) => coreVerdicts(one, policy).filter((line) => !line.startsWith("core-dump"));
    expect(run(REQUESTS, SEED, { core }).disagreement).toBeDefined();
  });
});
