import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { TestPackage } from "../deploy/packaged.ts";
import { type RawAws, rawAws } from "../deploy/raw-aws.ts";
import type { Moto } from "../support/moto-server.ts";

export interface Deployed {
  readonly outputs: Readonly<Record<string, string>>;
  /** The function's environment, as the stack resolved it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly handler: string;
  /** Where the function's zip was unpacked. */
  readonly task: string;
  readonly raw: RawAws;
}

const CLOUDFORMATION = "2010-05-15";
const MAPPINGS = "/2015-03-31/event-source-mappings/";
/** The template adds the Region to the name. */
const BUCKET = "artifacts-us-east-1";
const KEY = "v1.zip";
const SWEEP_KEY = "sweep-v1.zip";

/** Deploys the packaged stack with plain CloudFormation, and takes the function's code and environment back out of it. */
export async function deploy(moto: Moto, made: TestPackage): Promise<Deployed> {
  const raw = rawAws(moto.endpoint);
  const s3 = new S3Client({ ...moto, region: "us-east-1", forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: readFileSync(made.zip) }));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: SWEEP_KEY, Body: readFileSync(made.sweepZip) }));
  await raw.query("cloudformation", "CreateStack", CLOUDFORMATION, {
    StackName: "keyward-e2e",
    TemplateBody: readFileSync(made.plain, "utf8"),
    "Capabilities.member.1": "CAPABILITY_IAM",
    "Parameters.member.1.ParameterKey": "CodeBucketPrefix",
    "Parameters.member.1.ParameterValue": "artifacts",
    "Parameters.member.2.ParameterKey": "CodeKey",
    "Parameters.member.2.ParameterValue": KEY,
    "Parameters.member.3.ParameterKey": "SweepCodeKey",
    "Parameters.member.3.ParameterValue": SWEEP_KEY,
    "Parameters.member.4.ParameterKey": "Mode",
    "Parameters.member.4.ParameterValue": "enforce",
  });
  const outputs = outputsIn(await raw.query("cloudformation", "DescribeStacks", CLOUDFORMATION, {}));
  await switchOffPolling(raw);
  const { Configuration } = await raw.rest<{ Configuration: Configuration }>(
    "lambda",
    "GET",
    `/2015-03-31/functions/${outputs.FunctionName}`,
  );
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const task = unpack(made.dir, Buffer.from((await Body?.transformToByteArray()) ?? []));
  return { outputs, environment: Configuration.Environment.Variables, handler: Configuration.Handler, task, raw };
}

interface Configuration {
  readonly Handler: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/** It would otherwise run the function in a container as soon as a message arrives. */
async function switchOffPolling(raw: RawAws): Promise<void> {
  const found = await raw.rest<{ EventSourceMappings: { UUID: string }[] }>("lambda", "GET", MAPPINGS);
  for (const { UUID } of found.EventSourceMappings)
    await raw.rest("lambda", "PUT", MAPPINGS + UUID, { Enabled: false });
}

function outputsIn(xml: string): Record<string, string> {
  const members = xml.matchAll(/<OutputKey>([^<]+)<\/OutputKey>\s*<OutputValue>([^<]*)<\/OutputValue>/g);
  return Object.fromEntries([...members].map(([, key = "", value = ""]) => [key, value]));
}

function unpack(dir: string, zip: Buffer): string {
  const [file, task] = [join(dir, "back.zip"), join(dir, "task")];
  writeFileSync(file, zip);
  mkdirSync(task);
  const { status, stderr } = spawnSync("python3", ["-m", "zipfile", "-e", file, task]);
  if (status !== 0) throw new Error(`the zip cannot be unpacked: ${stderr}`);
  return task;
}
