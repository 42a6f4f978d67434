import * as sdkPackage from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { EBS_ONLY, LOCAL_STORAGE, storageOf } from "../../lib/catalogue/instance-families.ts";

describe("the list of instance families", () => {
  it("is in alphabetical order, so that each new family has one place", () => {
    expect([...LOCAL_STORAGE]).toEqual([...LOCAL_STORAGE].sort());
    expect([...EBS_ONLY]).toEqual([...EBS_ONLY].sort());
  });
});

describe("instance families", () => {
  it.each([
    ["ml.g5.xlarge", "local"],
    ["ml.p6-b200.48xlarge", "local"],
    ["ml.i3en.24xlarge", "local"],
    ["ml.m5.large", "ebs"],
    ["ml.m5d.large", "local"],
    ["ml.g5g.xlarge", "unknown"],
    ["ml.zz9.xlarge", "unknown"],
    ["m5.large", "unknown"],
    ["", "unknown"],
    ["ml.constructor.large", "unknown"],
  ])("%s is on %s storage", (type, storage) => expect(storageOf(type)).toBe(storage));

  // An SDK update that brings a new family fails here until somebody has looked up the storage of its instances.
  const enums = Object.entries(sdkPackage).flatMap(([name, values]) => {
    const types = typeof values === "object" ? Object.values(values).map(String) : [];
    return types.some((type) => type.startsWith("ml."))
      ? [[name, types.filter((type) => type.startsWith("ml."))] as const]
      : [];
  });
  it.each(enums)("of the SDK's %s are all known", (name, types) => {
    const unknown = types.filter((type) => storageOf(type) === "unknown");
    const families = [...new Set(unknown.map((type) => type.split(".")[1] ?? ""))].sort();
    expect(families).toEqual(FAMILIES_WITHOUT_VOLUME[name] ?? []);
  });
  it("are compared with every instance type enum of the SDK", () => {
    expect(enums.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        "_InstanceType",
        "TrainingInstanceType",
        "ProcessingInstanceType",
        "ProductionVariantInstanceType",
      ]),
    );
    expect(enums.flatMap(([, types]) => types).length).toBeGreaterThan(1_000);
  });

  it("are listed once each", () => {
    expect(LOCAL_STORAGE.filter((family) => (EBS_ONLY as readonly string[]).includes(family))).toEqual([]);
  });
});

/** These instances have no volumes of their own: accelerators, and Studio's geospatial service. */
const FAMILIES_WITHOUT_VOLUME: Readonly<Record<string, string[]>> = {
  AppInstanceType: ["geospatial"],
  NotebookInstanceAcceleratorType: ["eia1", "eia2"],
  ProductionVariantAcceleratorType: ["eia1", "eia2"],
};
