import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  BUCKET,
  CLOUDFORMATION,
  CODE,
  createStack,
  disableMappings,
  outputsIn,
  uploadCode,
} from "../deploy/moto-stack.ts";
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

/** Deploys the packaged stack with plain CloudFormation, and takes the function's code and environment back out of it. */
export async function deploy(moto: Moto, made: TestPackage): Promise<Deployed> {
  const raw = rawAws(moto.endpoint);
  const s3 = new S3Client({ ...moto, region: "us-east-1", forcePathStyle: true });
  await uploadCode(s3, made);
  await createStack(raw, "keyward-e2e", made, { ...CODE, Mode: "enforce" });
  const outputs = outputsIn(await raw.query("cloudformation", "DescribeStacks", CLOUDFORMATION, {}));
  await disableMappings(raw);
  const { Configuration } = await raw.rest<{ Configuration: Configuration }>(
    "lambda",
    "GET",
    `/2015-03-31/functions/${outputs.FunctionName}`,
  );
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: CODE.CodeKey }));
  const task = unpack(made.dir, Buffer.from((await Body?.transformToByteArray()) ?? []));
  return { outputs, environment: Configuration.Environment.Variables, handler: Configuration.Handler, task, raw };
}

interface Configuration {
  readonly Handler: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

function unpack(dir: string, zip: Buffer): string {
  const [file, task] = [join(dir, "back.zip"), join(dir, "task")];
  writeFileSync(file, zip);
  mkdirSync(task);
  const { status, stderr } = spawnSync("python3", ["-m", "zipfile", "-e", file, task]);
  if (status !== 0) throw new Error(`the zip cannot be unpacked: ${stderr}`);
  return task;
}
