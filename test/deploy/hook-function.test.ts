import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundled, bundle } from "../../scripts/bundle.ts";
import { resourceEvent, stackEvent, withServer } from "../hook/hook-events.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-hook-function-"));
let bundled: Bundled;

beforeAll(async () => {
  const policy = join(dir, "policy.yaml");
  const keys = { accept: "customer-managed", allow: ["alias/ml"] };
  writeFileSync(policy, JSON.stringify({ version: 1, contact: "Ask.", keys, respond: { default: ["tag"] } }));
  bundled = await bundle({ handler: "hook", outdir: dir, policy });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const RUN = `const { handler } = await import(process.argv[1]);
  const answers = [];
  for (const event of JSON.parse(process.argv[2])) answers.push(await handler(event));
  process.stderr.write(JSON.stringify(answers));`;

/** Runs the bundled handler in a process of its own, without an AWS account in its environment. */
async function run(events: readonly unknown[], env: Readonly<Record<string, string>> = {}) {
  const args = ["--input-type=module", "-e", RUN, pathToFileURL(join(dir, "index.mjs")).href, JSON.stringify(events)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  return {
    answers: JSON.parse(stderr),
    log: stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
}

describe("the bundled function of the hook", () => {
  it("is one small file, with nothing of the AWS SDK", () => {
    expect(bundled.files.map(({ role, name }) => `${role} ${name}`)).toEqual(["entry index.mjs"]);
    expect(bundled.files[0]?.bytes).toBeLessThan(400_000);
    const inputs = Object.keys(bundled.metafile.inputs);
    expect(
      inputs.filter((file) => /@aws|@smithy|\/(?:lib\/(?:aws|compose|enforce|cli|local)|zod)\//.test(file)),
    ).toEqual([]);
  });

  it("answers with the policy that is compiled in, and logs one line for each call", async () => {
    const events = ["alias/ml", "alias/aws/s3"].map((KmsKeyId) =>
      resourceEvent("AWS::SageMaker::NotebookInstance", { KmsKeyId }),
    );
    const { answers, log } = await run([...events, {}]);
    expect(answers).toMatchObject([
      { hookStatus: "SUCCESS", clientRequestToken: events[0]?.clientRequestToken },
      { hookStatus: "FAILED", errorCode: "NonCompliant" },
      { hookStatus: "FAILED", errorCode: "InternalFailure" },
    ]);
    expect(log.map(({ hook, status, region }) => `${hook} ${status} ${region}`)).toEqual([
      "resource SUCCESS eu-central-1",
      "resource FAILED eu-central-1",
      "fault FAILED ",
    ]);
  });

  it("fetches a template from the stand-in of S3 that the environment names, and from no other host", async () => {
    const template = readFileSync("test/check/templates/studio.yaml", "utf8");
    await withServer(
      (_, response) => response.end(JSON.stringify({ template })),
      async (origin) => {
        const event = stackEvent(`${origin}/bucket/payload?X-Amz-Signature=secret`);
        for (const name of ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]) {
          const { answers, log } = await run([event], { [name]: origin });
          expect(answers).toMatchObject([{ hookStatus: "FAILED", errorCode: "NonCompliant" }]);
          expect(answers[0].message).toContain("ScratchNotebook KmsKeyId is missing");
          expect(JSON.stringify(log)).not.toMatch(/secret|X-Amz/);
        }
        expect((await run([event])).answers).toMatchObject([{ errorCode: "InternalFailure" }]);
      },
    );
  });
});
