import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operations } from "../../lib/catalogue/operations.ts";
import { judge } from "../../lib/core/judge.ts";
import { type Mail, writeMail } from "../../lib/core/message.ts";
import { methodOf, remedyOf } from "../../lib/core/remedy.ts";
import { asciiLine, oneLine, wrap } from "../../lib/core/text.ts";
import { toldOf } from "../../lib/core/told.ts";
import type { ApiCall, JsonObject, Outcome } from "../../lib/core/types.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";
import { arnOf } from "../support/world.ts";

const contact = "Ask the cloud security team, and name the resource, the reason and how long it is needed.";
const policy = policyOf({ contact, keys: { accept: "customer-managed", allow: [KEY] } });
const done: Outcome[] = [
  { do: "tag", outcome: "done" },
  { do: "stop", outcome: "done" },
];
const mailOf = (call: ApiCall, outcomes: readonly Outcome[] = done, by = policy): Mail =>
  writeMail(toldOf(call, judge(call, by, new Map()), outcomes, by));

const SECRET = "hunter2-canary";
const training = callOf(
  "CreateTrainingJob",
  {
    trainingJobName: "churn-2026",
    resourceConfig: { instanceType: "ml.m5.large" },
    outputDataConfig: { kmsKeyId: KEY },
    environment: { DB_PASSWORD: SECRET },
    hyperParameters: { token: SECRET },
    algorithmSpecification: { containerArguments: [SECRET], containerEntrypoint: [SECRET] },
    tags: [{ key: "k", value: SECRET }],
  },
  { trainingJobArn: arnOf("training-job", "churn-2026") },
);
const notebook = callOf(
  "CreateNotebookInstance",
  { notebookInstanceName: "ana-nb", instanceType: "ml.t3.medium", roleArn: "arn:aws:iam::111122223333:role/ds" },
  { notebookInstanceArn: arnOf("notebook-instance", "ana-nb") },
);
const mixed = callOf("CreateEndpointConfig", {
  endpointConfigName: "mixed",
  productionVariants: [{ instanceType: "ml.g5.xlarge" }, { instanceType: "ml.m5.large" }],
});
const tuning = callOf("CreateHyperParameterTuningJob", {
  hyperParameterTuningJobName: "tuning",
  trainingJobDefinitions: [
    { outputDataConfig: { kmsKeyId: KEY }, resourceConfig: { instanceType: "ml.m5.large", volumeKmsKeyId: KEY } },
    { outputDataConfig: { kmsKeyId: KEY }, resourceConfig: { instanceType: "ml.m5.large" } },
  ],
});
const open = callOf("CreateTransformJob", {
  transformJobName: "scores",
  transformOutput: { kmsKeyId: "alias/unseen" },
  transformResources: { instanceType: "ml.zz9.large" },
});

describe("mails as people get them", () => {
  it.each([
    ["a stopped training job", training, done],
    [
      "a Pending notebook",
      notebook,
      [
        { do: "tag", outcome: "done" },
        { do: "stop", outcome: "deferred", because: "it is Pending" },
      ],
    ],
    ["a mixed endpoint config", mixed, [{ do: "tag", outcome: "done" }]],
    ["a tuning job's second definition", tuning, done],
    ["one that could not be told", open, [{ do: "tag", outcome: "done" }]],
    [
      "one that may not be stopped",
      training,
      [
        { do: "tag", outcome: "denied", because: "AccessDeniedException" },
        { do: "stop", outcome: "denied", because: "AccessDeniedException" },
      ],
    ],
  ] as [string, ApiCall, Outcome[]][])("%s", async (what, call, outcomes) => {
    const { subject, email } = mailOf(call, outcomes);
    await expect(`Subject: ${subject}\n\n${email}`).toMatchFileSnapshot(`mails/${what.replaceAll(" ", "-")}.txt`);
  });

  it("say who, when, where, what data, what is kept and lost, how to do it right, and how to ask", () => {
    const { email } = mailOf(notebook);
    for (const part of [
      "user/ana",
      "2026-11-02T09:15:00Z",
      "111122223333, us-east-1",
      "/home/ec2-user/SageMaker",
      "installed libraries",
      `--kms-key-id ${KEY}`,
      "Ask the cloud security",
    ]) {
      expect(email).toContain(part);
    }
    expect(mailOf(callOf("CreateTransformJob", { transformJobName: "t" })).email).toContain("stores nothing");
    expect(email.toLowerCase()).not.toContain("unencrypted");
  });

  it("have attributes to filter by", () => {
    expect(mailOf(training).attributes).toEqual({
      kind: "training-job",
      account: "111122223333",
      region: "us-east-1",
      verdict: "non-compliant",
      action: "stop",
    });
    expect(mailOf(notebook, []).attributes.action).toBe("notify");
  });

  it("have a chat variant of the form that Amazon Q Developer reads", () => {
    expect(JSON.parse(mailOf(training).chat)).toMatchObject({
      version: "1.0",
      source: "custom",
      content: {
        textType: "client-markdown",
        title: expect.any(String),
        description: expect.stringContaining("VolumeKmsKeyId"),
      },
      metadata: { relatedResources: [arnOf("training-job", "churn-2026")] },
    });
  });
});

describe("untrusted text", () => {
  const evil = fc.oneof(
    fc.string({ maxLength: 400, unit: "binary" }),
    fc.constantFrom(
      "a\r\nBcc: x",
      "\u202egnp",
      "\u001b[31m",
      "x".repeat(5000),
      "<!channel> *b* [l](http://x)",
      "'; rm -rf / #",
      "$(id)`id`",
      '"""',
      "\\",
      "é漢",
    ),
  );
  it("cannot break a subject, a line or a size, whatever it is", () =>
    fc.assert(
      fc.property(evil, evil, evil, (name, principal, key) => {
        const request = {
          notebookInstanceName: name,
          instanceType: key,
          roleArn: principal,
          kmsKeyId: `alias/aws/${key}`,
        };
        const {
          subject,
          email,
          default: plain,
          chat,
        } = mailOf({ ...callOf("CreateNotebookInstance", request), principal, eventID: key });
        expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
        for (const text of [email, plain]) expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(email.split("\n").length).toBeLessThan(80);
        expect(JSON.parse(chat).content.description).not.toMatch(/<|>/);
        expect(Buffer.byteLength(JSON.stringify([email, plain, chat]))).toBeLessThan(64 * 1024);
      }),
      { numRuns: 500 },
    ));

  it("of a record's secrets appears nowhere", () => {
    for (const outcomes of [done, []]) expect(JSON.stringify(mailOf(training, outcomes))).not.toContain(SECRET);
  });

  it("does not grow with the number of findings", () => {
    const definitions = Array.from({ length: 2000 }, () => ({ outputDataConfig: {} }));
    const mail = mailOf(callOf("CreateHyperParameterTuningJob", { trainingJobDefinitions: definitions }));
    expect(mail.email).toContain("and 1980 more");
    expect(Buffer.byteLength(JSON.stringify(mail))).toBeLessThan(32 * 1024);
  });
});

const python = spawnSync("python3", ["-c", "import sys"]).status === 0;
const botocore = spawnSync("python3", ["-c", "import botocore"]).status === 0;

describe("remedies", () => {
  const remedies = operations.map(({ operation, settings }) => {
    const findings = settings.map(({ path, protects }) => ({
      path: path.replace("[]", "[0]"),
      protects,
      is: "missing" as const,
    }));
    return remedyOf(operation, {}, findings, KEY);
  });

  it.skipIf(!python)("are Python that compiles (skipped without python3)", () => {
    const code = remedies.flatMap((remedy) => (remedy.language === "python" ? [remedy.code] : []));
    expect(code.length).toBeGreaterThan(30);
    const check = "import json,sys\nfor code in json.load(sys.stdin): compile(code, 'remedy', 'exec')";
    const { stderr, status } = spawnSync("python3", ["-c", check], { input: JSON.stringify(code) });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
  });

  it.skipIf(!python)("put the key where it was missing (skipped without python3)", () => {
    const run = (operation: string, request: JsonObject, path: string, protects = "volume"): JsonObject => {
      const { code } = remedyOf(operation, {}, [{ path, protects, is: "missing" }], "KEY");
      const body = code
        .replace("import boto3", "import json")
        .replace("{...}", `json.loads(${JSON.stringify(JSON.stringify(request))})`);
      const printed = body.replace(/boto3\.client.*$/m, "print(json.dumps(request))");
      return JSON.parse(spawnSync("python3", ["-c", printed]).stdout.toString());
    };
    expect(run("CreateAutoMLJob", {}, "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId")).toEqual({
      AutoMLJobConfig: { SecurityConfig: { VolumeKmsKeyId: "KEY" } },
    });
    expect(
      run(
        "CreateHyperParameterTuningJob",
        { TrainingJobDefinitions: [{}, { ResourceConfig: { a: 1 } }] },
        "TrainingJobDefinitions[1].ResourceConfig.VolumeKmsKeyId",
      ),
    ).toEqual({
      TrainingJobDefinitions: [{}, { ResourceConfig: { a: 1, VolumeKmsKeyId: "KEY" } }],
    });
    expect(
      run(
        "CreateCluster",
        { InstanceGroups: [{}] },
        "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId",
        "root-volume",
      ),
    ).toEqual({
      InstanceGroups: [{ InstanceStorageConfigs: [{ EbsVolumeConfig: { RootVolume: true, VolumeKmsKeyId: "KEY" } }] }],
    });
    expect(run("CreateTrainingJob", {}, "EnableInterContainerTrafficEncryption", "in-transit")).toEqual({
      EnableInterContainerTrafficEncryption: true,
    });
  });

  it.skipIf(!botocore)("call boto3's methods by their names (skipped without botocore)", () => {
    const names = operations.map(({ operation }) => operation);
    const check =
      "import json,sys\nfrom botocore import xform_name\nprint(json.dumps([xform_name(n) for n in json.load(sys.stdin)]))";
    const { stdout } = spawnSync("python3", ["-c", check], { input: JSON.stringify(names) });
    expect(names.map(methodOf)).toEqual(JSON.parse(stdout.toString()));
  });

  it.each(["a'; touch /tmp/pwned; '", "$(id)", "`id`", "a b", "x\ny", "-rf", "!!"])(
    "quote %j for the shell",
    (name) => {
      const { code } = remedyOf("CreateNotebookInstance", { NotebookInstanceName: name }, []);
      const words = spawnSync("sh", ["-c", code.replace("aws", "printf '%s\\n'")])
        .stdout.toString()
        .split("\n");
      expect(words[words.indexOf("--notebook-instance-name") + 1]).toBe(`${oneLine(name, 60)}-2`);
    },
  );
});

describe("text", () => {
  it("is one bounded line", () => {
    expect(oneLine("a\u0000b\r\nc\u202e  d\u200b", 99)).toBe("a b c d");
    expect(oneLine("x".repeat(9), 5)).toBe("xxxx…");
    expect(asciiLine("né 漢字", 99)).toBe("n? ?");
  });

  it("is wrapped at spaces, and never within a word", () => {
    expect(wrap("aa bb cc", 5, "  ")).toBe("aa bb\n  cc");
    expect(wrap("a".repeat(9), 5)).toBe("a".repeat(9));
  });
});
