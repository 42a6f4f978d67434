/**
 * Instance families by whether their instances have local storage, for which SageMaker accepts no volume key.
 * A family is the text between `ml.` and the next dot; no family has instances of both sorts.
 * Source: Amazon EC2 "Instance store volumes" by instance type, over the SDK's instance type enums; API Reference of
 * ResourceConfig.VolumeKmsKeyId ("Certain Nitro-based instances include local storage").
 */
export const LOCAL_STORAGE = [
  "c5d",
  "c6gd",
  "c6id",
  "dl1",
  "g4dn",
  "g5",
  "g6",
  "g6e",
  "g7",
  "g7e",
  "gr6",
  "i3en",
  "m5d",
  "m6gd",
  "m6id",
  "p3dn",
  "p4d",
  "p4de",
  "p5",
  "p5e",
  "p5en",
  "p6-b200",
  "p6-b300",
  "p6e-gb200",
  "r5d",
  "r6gd",
  "r6id",
  "r7gd",
  "trn1",
  "trn1n",
  "trn2",
] as const;

export const EBS_ONLY = [
  "c4",
  "c5",
  "c5n",
  "c6a",
  "c6g",
  "c6gn",
  "c6i",
  "c6in",
  "c7g",
  "c7i",
  "c8g",
  "c8i",
  "inf1",
  "inf2",
  "m4",
  "m5",
  "m6a",
  "m6g",
  "m6i",
  "m7g",
  "m7i",
  "m8g",
  "m8i",
  "p2",
  "p3",
  "r5",
  "r6g",
  "r6i",
  "r7i",
  "r8g",
  "r8i",
  "t2",
  "t3",
] as const;

export type Storage = "local" | "ebs" | "unknown";

const byFamily = new Map<string, Storage>([
  ...LOCAL_STORAGE.map((family) => [family, "local"] as const),
  ...EBS_ONLY.map((family) => [family, "ebs"] as const),
]);

/** The storage of an instance type such as `ml.g5.xlarge`; `unknown` for a family that is not in the tables. */
export function storageOf(instanceType: string): Storage {
  const family = /^ml\.([^.]+)\./.exec(instanceType)?.[1];
  return (family && byFamily.get(family)) || "unknown";
}
