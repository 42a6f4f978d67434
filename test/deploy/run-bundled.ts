import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { EmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { type BundleOptions, bundle } from "../../scripts/bundle.ts";

/** A function's context, as far as the handlers use it. */
const RUN = `const { handler } = await import(process.argv[1]);
  await handler({}, { getRemainingTimeInMillis: () => 900000 });`;

/**
 * Bundles a function with a policy, runs it once in a process of its own on an embedded AWS that has the bucket `ledger`,
 * and returns the lines of its log. Rejects where the function throws.
 */
export async function runBundled(
  handler: BundleOptions["handler"],
  policy: object,
  aws: EmbeddedAws,
): Promise<unknown[]> {
  const dir = mkdtempSync(join(tmpdir(), `keyward-${handler}-`));
  try {
    const file = join(dir, "policy.yaml");
    writeFileSync(file, JSON.stringify(policy));
    await bundle({ handler, outdir: dir, policy: file });
    const env = {
      PATH: process.env.PATH ?? "",
      TOPIC_ARN: aws.sns.createTopic("keyward"),
      OPERATORS_TOPIC_ARN: aws.sns.createTopic("operators"),
      LEDGER_BUCKET: "ledger",
      KEYWARD_STACK: "keyward-test",
      KEYWARD_MODE: "enforce",
      KEYWARD_STACK_ID: "arn:aws:cloudformation:us-east-1:111122223333:stack/keyward-test/1f0e",
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: "embedded",
      AWS_SECRET_ACCESS_KEY: "embedded",
    };
    const args = ["--input-type=module", "-e", RUN, pathToFileURL(join(dir, "index.mjs")).href];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
