import { readFileSync } from "node:fs";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Moto, startMoto } from "../support/moto-server.ts";
import type { TestPackage } from "./packaged.ts";
import { type RawAws, rawAws } from "./raw-aws.ts";
import { sharedPackage } from "./shared-package.ts";

export const CLOUDFORMATION = "2010-05-15";
export const MAPPINGS = "/2015-03-31/event-source-mappings/";
/** The template adds the Region to the name. */
export const BUCKET = "artifacts-us-east-1";
/** Where the code of the packaged stack is. */
export const CODE = {
  CodeBucketPrefix: "artifacts",
  CodeKey: "v1.zip",
  SweepCodeKey: "sweep-v1.zip",
  DailyCodeKey: "daily-v1.zip",
} as const;

export interface Mapping {
  readonly UUID: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
}

/** The packaged stack as `keyward-test` on moto_server. Its event source mapping is off: nothing runs the function. */
export interface MotoStack {
  readonly server: Moto;
  readonly made: TestPackage;
  readonly moto: RawAws;
  readonly outputs: Readonly<Record<string, string>>;
  readonly mappings: readonly Mapping[];
  stop(): void;
}

/** Undefined where moto_server is not installed. */
export async function startMotoStack(): Promise<MotoStack | undefined> {
  const server = await startMoto();
  if (!server) return undefined;
  const moto = rawAws(server.endpoint);
  const made = await sharedPackage();
  await uploadCode(new S3Client({ ...server, region: "us-east-1", forcePathStyle: true }), made);
  await createStack(moto, "keyward-test", made, { ...CODE, AlertEmail: "cloud-security@example.com" });
  const outputs = outputsIn(await moto.query("cloudformation", "DescribeStacks", CLOUDFORMATION, {}));
  const mappings = await disableMappings(moto);
  return { server, made, moto, outputs, mappings, stop: () => server.stop() };
}

export async function uploadCode(s3: S3Client, { zip, sweepZip, dailyZip }: TestPackage): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const files = [
    [CODE.CodeKey, zip],
    [CODE.SweepCodeKey, sweepZip],
    [CODE.DailyCodeKey, dailyZip],
  ] as const;
  for (const [Key, file] of files)
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: readFileSync(file) }));
}

export const createStack = (
  moto: RawAws,
  name: string,
  made: TestPackage,
  parameters: Readonly<Record<string, string>>,
): Promise<string> =>
  moto.query("cloudformation", "CreateStack", CLOUDFORMATION, {
    StackName: name,
    TemplateBody: readFileSync(made.plain, "utf8"),
    "Capabilities.member.1": "CAPABILITY_IAM",
    ...Object.fromEntries(
      Object.entries(parameters).flatMap(([key, value], i) => [
        [`Parameters.member.${i + 1}.ParameterKey`, key],
        [`Parameters.member.${i + 1}.ParameterValue`, value],
      ]),
    ),
  });

/** moto would otherwise run the function in a container as soon as a message arrives. */
export async function disableMappings(moto: RawAws): Promise<readonly Mapping[]> {
  const { EventSourceMappings } = await moto.rest<{ EventSourceMappings: Mapping[] }>("lambda", "GET", MAPPINGS);
  for (const { UUID } of EventSourceMappings) await moto.rest("lambda", "PUT", MAPPINGS + UUID, { Enabled: false });
  return EventSourceMappings;
}

export function outputsIn(xml: string): Record<string, string> {
  const pairs = xml.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs);
  return Object.fromEntries([...pairs].map(([, key, value]) => [key, value]));
}
