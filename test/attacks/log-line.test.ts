import { describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Decision, Outcome, SettingVerdict } from "../../lib/core/model/types.ts";
import { dryRun } from "../../lib/core/plan/dry-run.ts";
import { faultLine, logLine } from "../../lib/enforce/record.ts";
import { writeMail } from "../../lib/wording/mail/mail.ts";
import { mailFactsOf } from "../../lib/wording/mail/mail-facts.ts";
import { callOf, policyOf } from "../support/build.ts";
import { recordOf } from "../support/world.ts";
import { HOSTILE } from "./hostile.ts";

const LIMIT = 200_000;
const decide = (request: object): Decision =>
  dryRun(recordOf(callOf("CreateHyperParameterTuningJob", request as never)), policyOf(), new Date(0)).decision;
const sizeOf = (line: string): number => Buffer.byteLength(line);

/** A name whose characters take six bytes each in JSON. */
const CONTROLS = "\u0001".repeat(30_000);

const many = decide({
  trainingJobDefinitions: Array.from({ length: 1000 }, () => ({ outputDataConfig: {}, resourceConfig: {} })),
});

describe("a log line stays under 200 KB", () => {
  it("with thousands of settings: the violations come first, and it says how many settings are left out", () => {
    const line = logLine(many, new Date(7));
    expect(sizeOf(line)).toBeLessThan(LIMIT);
    const parsed = JSON.parse(line);
    expect(parsed).toMatchObject({ verdict: "non-compliant", NonCompliant: 1, eventID: many.eventID });
    expect(parsed.settings.length).toBeGreaterThan(100);
    expect(parsed.settings.length + parsed.settingsLeftOut).toBe(many.settings.length);
  });

  it("keeps a violation that comes after thousands of settings without one", () => {
    const fine: SettingVerdict = {
      path: "OutputDataConfig.KmsKeyId",
      protects: "output",
      is: "accepted",
      key: "k".repeat(60),
    };
    const settings = [
      ...Array.from({ length: 5000 }, () => fine),
      { ...fine, path: "KmsKeyId", is: "missing" as const },
    ];
    const parsed = JSON.parse(logLine({ ...many, settings }, new Date(7)));
    expect(parsed.settings[0]).toMatchObject({ path: "KmsKeyId", is: "missing" });
  });

  it("with names, keys, reasons and lists of any length", () => {
    const long = (): string => CONTROLS.slice(0, 3000);
    const use = { name: long(), reason: long(), owner: long(), expires: long() };
    const reason = { code: "aws-failed", error: long(), message: long() } as const;
    const decision: Decision = {
      ...many,
      eventID: long(),
      eventName: long(),
      principal: long(),
      resource: { kind: "training-job", name: long(), arn: long() },
      parent: { kind: "training-job", name: long(), arn: long() },
      settings: Array.from({ length: 50 }, () => ({
        path: long(),
        protects: "volume",
        is: "rejected",
        key: long(),
        reason,
      })),
      followed: Array.from({ length: 900 }, long),
      exemptions: Array.from({ length: 90 }, () => use),
      expired: Array.from({ length: 90 }, () => use),
      actions: Array.from({ length: 30 }, () => ({ do: "stop", outcome: "failed", reason })),
    };
    const line = logLine(decision, new Date(7));
    expect(sizeOf(line)).toBeLessThan(LIMIT);
    expect(JSON.parse(line)).toMatchObject({
      verdict: "non-compliant",
      Failed: 30,
      settings: { length: expect.any(Number) },
    });
  });

  it("leaves a line that fits as it is", () => {
    const small = decide({ trainingJobDefinitions: [{ outputDataConfig: {}, resourceConfig: {} }] });
    const parsed = JSON.parse(logLine(small, new Date(7)));
    expect(parsed.settings).toHaveLength(small.settings.length);
    expect(parsed).not.toHaveProperty("settingsLeftOut");
  });

  it("hides no character from those who read it", () => {
    const line = logLine({ ...many, settings: [], principal: "a\u202eb\u200bc" }, new Date(7));
    expect(line).not.toMatch(/[\p{C}\p{DI}]/u);
    expect(JSON.parse(line).principal).toBe("a\u202eb\u200bc");
  });

  it("when an error quotes the input", () => {
    const line = faultLine({ eventID: "e" } as never, new Error(CONTROLS));
    expect(sizeOf(line)).toBeLessThan(LIMIT);
    expect(JSON.parse(line).fault.name).toBe("Error");
  });
});

describe.each([200, 20_000])("a pipeline's definition of %i steps with hostile names", (count) => {
  const Steps = Array.from({ length: count }, (_, i) => ({
    Name: `${HOSTILE[i % HOSTILE.length]} ${i}`,
    Type: "Training",
    Arguments: {
      OutputDataConfig: { S3OutputPath: `s3://b/${HOSTILE[i % HOSTILE.length]}` },
      ResourceConfig: { InstanceType: "ml.m5.large" },
    },
  }));
  const definition = JSON.stringify({ Version: "2020-12-01", Steps });
  const call = callOf("CreatePipeline", { pipelineName: "p", pipelineDefinition: definition });
  const policy = policyOf();

  it("is a log line under 200 KB", () => {
    const { decision } = dryRun(recordOf(call), policy, new Date(0));
    expect(decision.verdict).toBe(count > 200 ? "undetermined" : "non-compliant");
    expect(sizeOf(logLine(decision, new Date(7)))).toBeLessThan(LIMIT);
  });

  it("is a mail far below the 256 KB of a message", () => {
    const outcomes: Outcome[] = [{ do: "stop", outcome: "failed", reason: { code: "gone" } }];
    const mail = writeMail(mailFactsOf(call, judge(call, policy, new Map()), outcomes, policy));
    expect(sizeOf(JSON.stringify({ default: mail.default, email: mail.email, https: mail.chat }))).toBeLessThan(64_000);
  });
});
