import { expect, it } from "vitest";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { arnOf } from "../support/world.ts";
import { runBundled } from "./run-bundled.ts";

it("the bundled sweep runs, reports its findings, and removes its checkpoint", async () => {
  const policy = {
    version: 1,
    contact: "Ask.",
    keys: { accept: "any" },
    respond: { default: ["tag", "notify", "stop"] },
    limits: { "lists-per-second": 100, "describes-per-second": 100 },
  };
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
  const lines = await runBundled("sweep", policy, aws);
  await aws.close();
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
