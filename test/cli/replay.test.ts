import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CLI, keyward } from "../support/cli.ts";
import { shippedVerdicts } from "../support/shipped-events.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};

const NOTEBOOK = "events/CreateNotebookInstance/fail-no-key.json";
const envelope = JSON.parse(readFileSync(NOTEBOOK, "utf8"));

describe("replay on the embedded AWS", () => {
  const shown = keyward(["replay", "--all"]);
  const section = (title: string): string => {
    const [, body = ""] = shown.out.split(`── ${title} `);
    return body.slice(body.indexOf("\n")).split("\n── ")[0] ?? "";
  };

  const verdicts = shippedVerdicts();
  const mails = Number(/── Mail 1 of (\d+) /.exec(shown.out)?.[1]);

  it("replays the shipped events without a fault, and prints nothing on standard error", () =>
    expect(shown).toMatchObject({ code: 0, err: "" }));

  it("shows the resource, the verdict, each setting with its reason, and the actions", () => {
    const [, block = ""] = /\n\n(NON-COMPLIANT {2}training-job churn-no-volume-key [\s\S]*?)\n\n/.exec(shown.out) ?? [];
    expect(block.split("\n")).toEqual([
      "NON-COMPLIANT  training-job churn-no-volume-key  events/CreateTrainingJob/fail-no-volume-key.json",
      "  CreateTrainingJob, 2026-11-02T09:57:42Z, 111122223333 us-east-1",
      "  by arn:aws:iam::111122223333:user/ml-ci",
      "  ! missing: no key is given; SageMaker uses a key of its own and discards it",
      "      ResourceConfig.VolumeKmsKeyId (volume)",
      "  ? undetermined: the key was not looked up: the verdict is certain without it",
      "      OutputDataConfig.KmsKeyId (output)",
      "      key arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "    not-applicable: the policy does not require it",
      "      EnableInterContainerTrafficEncryption (in-transit)",
      "  > tag done, stop done, notify done",
    ]);
  });

  it("tags and reports a Pending notebook at once, and stops it as soon as it is InService", () => {
    const [, block = ""] = /\n\n(NON-COMPLIANT {2}notebook-instance ben-notebook [\s\S]*?)\n\n/.exec(shown.out) ?? [];
    expect(block).toContain("> tag done, stop deferred (it is Pending), notify done");
    const lines = section("Later")
      .split("\n")
      .filter((line) => line.includes(" ben-notebook "));
    expect(lines).toEqual([
      "+2 min   notebook-instance ben-notebook delivered again, still stop deferred (it is Pending)",
      "+3 min   notebook-instance ben-notebook is InService now, stop done",
      "+4 min   notebook-instance ben-notebook delivered again, stop already-done (it is Stopped)",
    ]);
  });

  it("prints the mails, and the final status of each resource", () => {
    expect(section(`Mail 1 of ${mails}`)).toMatch(/^\n\nTopic: +arn:aws:sns:\S+\nSubject: \S.*\n\n {2}\S/);
    const ended = section("The final status of each resource");
    expect(ended).toMatch(
      /^notebook-instance +ben-notebook +Stopped +non-compliant\n +keyward:reason KmsKeyId missing$/m,
    );
    expect(ended).toMatch(/^notebook-instance +ana-notebook +InService +not tagged$/m);
  });

  it("counts the calls to AWS and the verdicts", () => {
    expect(section("AWS calls")).toMatch(new RegExp(`^sns +Publish +${mails}$`, "m"));
    const followUps = shown.out.match(/reported\s+before,/g)?.length ?? 0;
    expect(followUps).toBeGreaterThan(0);
    expect(section("Summary")).toMatch(new RegExp(`notify +\\d+ {2}${mails - followUps} done`));
    const [, all, counts = ""] = /events +(\d+) {2}(.*)\n/.exec(section("Summary")) ?? [];
    expect(Number(all)).toBe(verdicts.length);
    for (const verdict of ["compliant", "non-compliant", "undetermined", "ignored", "malformed"]) {
      expect(counts.split(", ")).toContain(`${verdicts.filter((one) => one === verdict).length} ${verdict}`);
    }
  });

  it("prints lines of the page's width, except in mails", () => {
    const [events = ""] = shown.out.split("── Mail 1 ");
    const lines = `${events}${section("The final status of each resource")}`.split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it("acts in the account of the events, and shows only their resources", () => {
    const other = write("other.json", JSON.stringify(envelope).replaceAll("111122223333", "444455556666"));
    const { code, out } = keyward(["replay", other]);
    expect(code).toBe(0);
    expect(out).toContain("Topic:   arn:aws:sns:us-east-1:444455556666:keyward");
    expect(out).not.toContain("old-with-key");
  });

  it("takes keys from the file of --world, and names a fault in it", () => {
    const event = "events/CreateModelCard/pass-own-key.json";
    const arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const world = write("mine.json", { keys: [{ arn, manager: "AWS" }] });
    expect(keyward(["replay", "--json", "--world", world, event]).out).toContain('"is":"rejected"');
    const faulty = write("faulty.json", { keys: [{ arn, manager: "NOBODY" }] });
    expect(keyward(["replay", "--world", faulty, event])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/faulty\.json keys\.0\.manager: /),
    });
  });
});

describe("replay as a dry run", () => {
  it("prints only one decision per line with --json, and looks nothing up", () => {
    const compliant = ["events/CreateModelCard/pass-own-key.json", "events/CreateTrainingJob/pass-own-key.json"];
    const { code, out, err } = keyward(["replay", "--target", "dry-run", "--json", NOTEBOOK, ...compliant]);
    const decisions = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(decisions.map(({ verdict }) => verdict)).toEqual(["non-compliant", "undetermined", "undetermined"]);
    expect(decisions[0]).toMatchObject({
      eventName: "CreateNotebookInstance",
      resource: { kind: "notebook-instance", name: "ben-notebook" },
      settings: [{ path: "KmsKeyId", protects: "volume", is: "missing" }],
      actions: [
        { do: "tag", outcome: "planned" },
        { do: "stop", outcome: "planned" },
        { do: "notify", outcome: "planned" },
      ],
    });
  });

  it("accepts any key if the policy does", () => {
    const policy = write("any.yaml", "version: 1\nkeys: {accept: any}\nrespond: {default: []}\n");
    const args = [
      "replay",
      "--target",
      "dry-run",
      "--json",
      "--policy",
      policy,
      "events/CreateModelCard/pass-own-key.json",
    ];
    expect(JSON.parse(keyward(args).out)).toMatchObject({ verdict: "compliant", settings: [{ is: "accepted" }] });
  });

  it("ends with exit code 1 with --fail-on non-compliant", () => {
    const args = ["replay", "--target", "dry-run", "--fail-on", "non-compliant"];
    expect(keyward([...args, NOTEBOOK]).code).toBe(1);
    expect(keyward([...args, "events/CreateModelCard/pass-own-key.json"]).code).toBe(0);
  });
});

it("replay ends without a fault if the reader closes the pipe early", async () => {
  const child = spawn(process.execPath, [...CLI, "replay", "--all"]);
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [code] = await once(child, "close");
  expect({ code, err }).toEqual({ code: 0, err: "" });
});
