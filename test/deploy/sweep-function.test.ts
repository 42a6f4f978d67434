import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { bundle } from "../../scripts/bundle.ts";
import { arnOf } from "../support/world.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-sweep-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const RUN = `const { handler } = await import(process.argv[1]);
  await handler({}, { getRemainingTimeInMillis: () => 900000 });`;

it("the bundled sweep runs, reports its findings, and removes its checkpoint", async () => {
  const policy = join(dir, "policy.yaml");
  const limits = { "lists-per-second": 100, "describes-per-second": 100 };
  writeFileSync(
    policy,
    JSON.stringify({
      version: 1,
      contact: "Ask.",
      keys: { accept: "any" },
      respond: { default: ["tag", "notify", "stop"] },
      limits,
    }),
  );
  await bundle({ handler: "sweep", outdir: dir, policy });
  const aws = await startEmbeddedAws();
  aws.buckets.set("ledger", { objects: new Map() });
  const arn = arnOf("notebook-instance", "nb");
  aws.sagemaker.add({
    kind: "notebook-instance",
    arn,
    id: { NotebookInstanceName: "nb" },
    body: {},
    status: "InService",
  });
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
  const url = pathToFileURL(join(dir, "index.mjs")).href;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", RUN, url], { env });
  await aws.close();
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    {
      verdict: "non-compliant",
      resource: { arn },
      actions: [{ outcome: "skipped" }, { outcome: "skipped" }, { outcome: "skipped" }],
    },
    // The notebook is older than the installation, which begins with this sweep.
    { Swept: 1, Missed: 0, ListsUnread: 0, Stack: "keyward-test", sweep: { done: true } },
  ]);
  const checkpoint = aws.buckets.get("ledger")?.objects.get("sweeps/us-east-1.json");
  expect(JSON.parse(checkpoint?.body.toString() ?? "{}")).toHaveProperty("finished");
  const note = aws.buckets.get("ledger")?.objects.get("installations/1f0e.json");
  expect(JSON.parse(note?.body.toString() ?? "{}")).toEqual({ mode: "enforce" });
});
