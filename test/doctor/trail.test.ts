import { expect, it } from "vitest";
import type { Facts, FieldSelector, Selectors } from "../../lib/doctor/facts.ts";
import { judgeTrail } from "../../lib/doctor/judge/trail.ts";

const known = <T>(value: T) => ({ is: "known", value }) as const;
const basic = (readWrite: string, management = true, excludedSources: readonly string[] = []): Selectors => ({
  basic: [{ readWrite, management, excludedSources }],
  advanced: [],
});
const advanced = (...selectors: readonly (readonly FieldSelector[])[]): Selectors => ({
  basic: [],
  advanced: selectors,
});
const MANAGEMENT: FieldSelector = { Field: "eventCategory", Equals: ["Management"] };
const WRITES: FieldSelector = { Field: "readOnly", Equals: ["false"] };
const codesOf = (...trails: readonly Selectors[]) =>
  judgeTrail({
    trails: known(trails.map((selectors, i) => ({ name: `t${i}`, logging: known(true), selectors: known(selectors) }))),
  } as unknown as Facts).map(({ code }) => code);

it.each<readonly [string, Selectors, string]>([
  ["all events", basic("All"), "trail-logs"],
  ["write events", basic("WriteOnly"), "trail-logs"],
  [
    "all but those of KMS and RDS data",
    basic("All", true, ["kms.amazonaws.com", "rdsdata.amazonaws.com"]),
    "trail-logs",
  ],
  ["read events", basic("ReadOnly"), "trail-without-writes"],
  ["data events", basic("All", false), "trail-without-writes"],
  ["management events", advanced([MANAGEMENT]), "trail-logs"],
  ["management events that write", advanced([MANAGEMENT, WRITES]), "trail-logs"],
  [
    "management events but KMS",
    advanced([MANAGEMENT, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }]),
    "trail-logs",
  ],
  ["one of two selectors", advanced([{ Field: "eventCategory", Equals: ["Data"] }], [MANAGEMENT]), "trail-logs"],
  [
    "sources that begin alike",
    advanced([MANAGEMENT, { Field: "eventSource", StartsWith: ["sagemaker"] }]),
    "trail-logs",
  ],
  [
    "another source only",
    advanced([MANAGEMENT, { Field: "eventSource", Equals: ["ec2.amazonaws.com"] }]),
    "trail-excludes",
  ],
  [
    "all but SageMaker",
    advanced([MANAGEMENT, { Field: "eventSource", NotEquals: ["sagemaker.amazonaws.com"] }]),
    "trail-excludes",
  ],
  ["some calls only", advanced([MANAGEMENT, { Field: "eventName", Equals: ["CreateModel"] }]), "trail-without-writes"],
])("%s", (_name, selectors, code) => expect(codesOf(selectors)).toEqual([code]));

it("one good trail is enough", () => expect(codesOf(basic("ReadOnly"), basic("All"))).toEqual(["trail-logs"]));
