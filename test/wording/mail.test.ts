import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kinds } from "../../lib/catalogue/kinds.ts";
import { operations } from "../../lib/catalogue/operations.ts";
import { protectsNoun } from "../../lib/catalogue/protects.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Reason } from "../../lib/core/model/reason.ts";
import type { ApiCall, Outcome } from "../../lib/core/model/types.ts";
import { type Mail, writeMail } from "../../lib/wording/mail/mail.ts";
import { LOCATIONS } from "../../lib/wording/mail/mail-data.ts";
import { mailFactsOf } from "../../lib/wording/mail/mail-facts.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";
import { keyMembers, membersOf, sdkOperations } from "../support/sdk-schemas.ts";
import { arnOf } from "../support/world.ts";

const contact = "Ask the cloud security team, and name the resource, the reason and how long it is needed.";
const policy = policyOf({ contact, keys: { accept: "customer-managed", allow: [KEY] } });
const done: Outcome[] = [
  { do: "tag", outcome: "done" },
  { do: "stop", outcome: "done" },
];
const mailOf = (call: ApiCall, outcomes: readonly Outcome[] = done, by = policy): Mail =>
  writeMail(mailFactsOf(call, judge(call, by, new Map()), outcomes, by));

const oneText = (email: string): string => email.replace(/\n */g, " ");
const last = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

const SECRET = "hunter2-canary";
const training = callOf(
  "CreateTrainingJob",
  {
    trainingJobName: "churn-2026",
    resourceConfig: { instanceType: "ml.m5.large" },
    outputDataConfig: { kmsKeyId: "alias/aws/s3", s3OutputPath: "s3://ml-data/churn" },
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
  dataCaptureConfig: { destinationS3Uri: "s3://ml-data/captured" },
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

const DENIED: Reason = { code: "aws-denied", error: "AccessDeniedException", message: "" };

describe("mails to users", () => {
  it.each([
    ["a stopped training job", training, done],
    [
      "a Pending notebook",
      notebook,
      [
        { do: "tag", outcome: "done" },
        { do: "stop", outcome: "deferred", reason: { code: "not-yet", status: "Pending" } },
      ],
    ],
    ["a mixed endpoint config", mixed, [{ do: "tag", outcome: "done" }]],
    ["a tuning job's second definition", tuning, done],
    ["an undetermined transform job", open, [{ do: "tag", outcome: "done" }]],
    [
      "one that may not be stopped",
      training,
      [
        { do: "tag", outcome: "denied", reason: DENIED },
        { do: "stop", outcome: "denied", reason: DENIED },
      ],
    ],
  ] as [string, ApiCall, Outcome[]][])("have the stored text: %s", async (what, call, outcomes) => {
    const { subject, email } = mailOf(call, outcomes);
    await expect(`Subject: ${subject}\n\n${email}`).toMatchFileSnapshot(`mails/${what.replaceAll(" ", "-")}.txt`);
  });

  it("name the cause first in a reminder, with the number of events", async () => {
    const facts = mailFactsOf(notebook, judge(notebook, policy, new Map()), [{ do: "tag", outcome: "done" }], policy);
    const repeated = { kind: "domain", name: "d-1a2b3c", mailed: "2026-10-26T08:00:00Z", events: 12 };
    const { subject, email, chat, default: short } = writeMail({ ...facts, repeated });
    await expect(`Subject: ${subject}\n\n${email}`).toMatchFileSnapshot("mails/a-reminder.txt");
    expect(short).toMatch(/^Studio domain d-1a2b3c: 12 events since the mail of 2026-10-26\./);
    expect(JSON.parse(chat).content.title).toMatch(/^Studio domain d-1a2b3c: 12 events/);
    const stopped = writeMail({ ...facts, repeated, outcomes: done });
    expect(stopped.subject).toMatch(/^Keyward: non-compliant notebook instance ana-nb, stopped /);
    const long = writeMail({ ...facts, repeated: { ...repeated, name: `d\r\n${"x".repeat(300)}`, events: 1 } });
    expect(long.subject).toMatch(/^[ -~]{1,99}$/);
    expect(long.subject).toMatch(/^Keyward: non-compliant Studio domain "d x+~" \(/);
  });

  const NOT_YET: Reason = { code: "not-yet", status: "Pending" };
  const THROTTLED: Reason = { code: "aws-throttled", error: "ThrottlingException", message: "Rate exceeded" };
  it.each([
    ["a first mail that announces a stop", training, { willRetry: true }, "failed", THROTTLED],
    ["a follow-up of a stop", notebook, { isFollowUp: true }, "done", undefined],
    ["a follow-up of a stop that was given up", notebook, { isFollowUp: true }, "deferred", NOT_YET],
  ] as const)("%s", async (what, call, kind, outcome, reason) => {
    const outcomes: Outcome[] = [
      { do: "tag", outcome: "done" },
      { do: "stop", outcome, ...(reason && { reason }) },
    ];
    const facts = mailFactsOf(call, judge(call, policy, new Map()), outcomes, policy);
    const { subject, email } = writeMail({ ...facts, ...kind });
    await expect(`Subject: ${subject}\n\n${email}`).toMatchFileSnapshot(`mails/${what.replaceAll(" ", "-")}.txt`);
  });

  it.each([
    ["a follow-up that nothing is wrong any more", {}, "not stopped"],
    ["a follow-up that nothing is wrong any more after a lost answer", { mayBeStopped: true }, "may be stopped"],
  ] as const)("%s", async (what, more, label) => {
    const compliant = { ...judge(training, policy, new Map()), verdict: "compliant", settings: [] } as const;
    const { subject, email, chat, attributes } = writeMail({
      ...mailFactsOf(training, compliant, [], policy),
      ...more,
      isFollowUp: true,
    });
    await expect(`Subject: ${subject}\n\n${email}`).toMatchFileSnapshot(`mails/${what.replaceAll(" ", "-")}.txt`);
    expect(subject).toContain(`Keyward: compliant training job churn-2026, ${label} (`);
    const { keywords, description } = JSON.parse(chat).content;
    expect(keywords).toEqual(["Keyward", "compliant", "training-job"]);
    expect(description).toContain("Nothing is wrong any more.");
    expect(attributes).toMatchObject({ verdict: "compliant", action: "notify" });
  });

  it("say why something was not stopped", () => {
    const reason: Reason = { code: "stop-not-justified", protects: ["unkeyed-output"] };
    const email = oneText(mailOf(training, [{ do: "stop", outcome: "skipped", reason }]).email);
    expect(email).toContain(
      `The training job was not stopped (the policy's stop-for does not name ${protectsNoun("unkeyed-output")}).`,
    );
  });

  it("name the caller, the time, the place, the data, the effect of a stop, the remedy and the contact", () => {
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

  it("name the S3 location of the data once, and only if its key has a finding", () => {
    const { email } = mailOf(training);
    expect(email.split("s3://ml-data/churn").length).toBe(2);
    const fine = callOf("CreateTrainingJob", {
      resourceConfig: { instanceType: "ml.m5.large" },
      outputDataConfig: { kmsKeyId: KEY, s3OutputPath: "s3://ml-data/churn" },
    });
    expect(mailOf(fine).email).not.toContain("s3://");
  });

  it("know every S3 location next to a key in the SDK", () => {
    const places = [...sdkOperations()].flatMap(([operation, { input }]) => {
      const keys = keyMembers(operation, input).filter(({ path, type }) => type === "string" && path.includes("."));
      const parents = new Set(keys.map(({ path }) => path.slice(0, path.lastIndexOf(".") + 1)));
      const members = operations.some((row) => row.operation === operation) ? membersOf(input) : [];
      return members
        .filter(
          ({ path, type }) => type === "string" && /S3(Output)?(Uri|Path|Location)|^Destination$/.test(last(path)),
        )
        .flatMap(({ path }) => [...parents].flatMap((at) => (path.startsWith(at) ? [path.slice(at.length)] : [])));
    });
    const unknown = new Set(places.filter((place) => !LOCATIONS.some((location) => location === place)));
    // SageMaker extends a feature group's location itself. The caller's location is S3Uri.
    expect([...unknown]).toEqual(["ResolvedOutputS3Uri"]);
  });

  it("say that a deferred stop follows as soon as the status allows it", () => {
    const deferred = (call: ApiCall, reason: Reason) => mailOf(call, [{ do: "stop", outcome: "deferred", reason }]);
    expect(oneText(deferred(notebook, { code: "not-yet", status: "Pending" }).email)).toContain(
      "will be stopped as soon as it is InService",
    );
    const warm = oneText(deferred(training, { code: "warm-pool-not-yet" }).email);
    expect(warm).toContain("could not be stopped completely yet; Keyward will try again (its warm pool");
    expect(warm).not.toContain("as soon as it is InProgress");
  });

  it("say so if only the mail was sent", () =>
    expect(mailOf(notebook, []).email).toContain("What Keyward did: Only this mail was sent."));

  it("name traffic, and no key, if only traffic is not encrypted", () => {
    const only = policyOf({ require: { "in-transit": true } });
    const call = callOf("CreateTrainingJob", {
      trainingJobName: "nodes",
      outputDataConfig: { kmsKeyId: KEY },
      resourceConfig: { instanceType: "ml.m5.large", volumeKmsKeyId: KEY },
    });
    const { subject, email } = mailOf(call, done, only);
    expect(subject).toContain("training job nodes, stopped");
    expect(email).toContain("What to do: turn the encryption of traffic on");
    expect(email).toContain("Not as the policy requires:");
    expect(email).not.toContain("arn:aws:kms");
  });

  it("suggest no look-up of a key that the look-up would create", () => {
    const call = callOf("CreateTransformJob", {
      transformOutput: { kmsKeyId: "alias/unseen" },
      dataCaptureConfig: { kmsKeyId: "alias/unseen" },
      transformResources: { instanceType: "ml.zz9.large", volumeKmsKeyId: "not a key; reboot" },
    });
    const { email } = mailOf(call);
    expect(email.match(/--key-id .*/g)).toEqual(["--key-id alias/unseen \\"]);
    const aws = { path: "KmsKeyId", protects: "volume", is: "undetermined", key: "alias/aws/ebs" } as const;
    const facts = mailFactsOf(call, judge(call, policy, new Map()), [], policy);
    expect(writeMail({ ...facts, settings: [aws] }).email).not.toContain("describe-key");
  });

  it("end the sentence of the contact, and say what to quote", () => {
    const by = policyOf({ contact: "mail security@example.com" });
    expect(oneText(mailOf(training, done, by).email)).toContain("mail security@example.com. Quote the event.");
  });

  it("do not suggest a key for a setting of another resource", () => {
    const email = (request: JsonObject) => oneText(mailOf(callOf("CreateMonitoringSchedule", request)).email);
    const named = email({ monitoringScheduleConfig: { monitoringJobDefinitionName: "quality" } });
    expect(named).toContain(
      "check whether the resource that MonitoringScheduleConfig.MonitoringJobDefinitionName names has keys",
    );
    expect(named).not.toContain("boto3");
    const held = email({
      monitoringScheduleName: "hourly",
      monitoringScheduleConfig: {
        monitoringJobDefinition: { monitoringResources: { clusterConfig: { instanceType: "ml.m5.large" } } },
      },
    });
    expect(held).toContain("update_monitoring_schedule( ");
  });

  it("have no snippet that sets nothing", () => {
    const { email } = mailOf(callOf("CreateHyperParameterTuningJob", { hyperParameterTuningJobName: "empty" }));
    expect(email).toContain("What to do: check its key settings yourself.");
    expect(email).not.toContain("boto3");
  });

  it("have the name, the account and the Region in the subject, for every kind", () => {
    const name = "a-name-that-is-as-long-as-sixty-three-characters-can-ever-be-xx";
    for (const { kind, noun } of kinds) {
      const resource = { kind, name, arn: null };
      const facts = { ...mailFactsOf(training, judge(training, policy, new Map()), done, policy), resource };
      const { subject } = writeMail({ ...facts, event: { ...facts.event, region: "ap-southeast-2" } });
      expect(subject.length).toBeLessThanOrEqual(99);
      expect(subject).toMatch(new RegExp(`^Keyward: non-compliant ${noun} a-name.*111122223333 ap-southeast-2\\)$`));
    }
  });

  it("have attributes for filter policies", () => {
    expect(mailOf(training).attributes).toEqual({
      kind: "training-job",
      account: "111122223333",
      region: "us-east-1",
      verdict: "non-compliant",
      action: "stop",
    });
    expect(mailOf(notebook, []).attributes.action).toBe("notify");
    // Publish refuses empty ones.
    expect(mailOf({ ...notebook, account: "", region: "\n" }).attributes).toMatchObject({
      account: "unknown",
      region: "unknown",
    });
  });

  it("have a chat variant in the form that Amazon Q Developer reads", () => {
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

  it("can be copied in a chat, and trigger nothing there", () => {
    const principal = "arn:aws:sts::111122223333:assumed-role/ml_team/`<!channel>`@ana";
    const { content } = JSON.parse(mailOf({ ...training, principal }).chat);
    expect(content.description).toContain("`arn:aws:sts::111122223333:assumed-role/ml_team/'‹!channel›'[@]ana`");
    expect(content.description).toContain("- ResourceConfig.VolumeKmsKeyId (the ML storage volume)");
    expect(content.nextSteps).toEqual([
      "What to do: create a new one with the key: a key cannot be added later.",
      `To ask for an exemption: ${contact} Quote the event.`,
    ]);
    const definitions = Array.from({ length: 50 }, () => ({ outputDataConfig: {} }));
    const many = callOf("CreateHyperParameterTuningJob", { trainingJobDefinitions: definitions });
    expect(JSON.parse(mailOf(many).chat).content.description).toContain("- and 40 more");
  });
});

describe("untrusted text in a mail", () => {
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
  it("cannot break the subject, a line or the size limit", () =>
    fc.assert(
      fc.property(evil, evil, evil, evil, (name, principal, key, message) => {
        const reason: Reason = { code: "aws-failed", error: "Error", message };
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
          attributes,
        } = mailOf(
          { ...callOf("CreateNotebookInstance", request), principal, eventID: key, account: name, region: key },
          [
            { do: "tag", outcome: "failed", reason },
            { do: "stop", outcome: "deferred", reason },
          ],
        );
        expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
        for (const text of [email, plain]) expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(email.split("\n").length).toBeLessThan(80);
        expect(JSON.parse(chat).content.description).not.toMatch(/<|>/);
        for (const value of Object.values(attributes)) expect(value).toMatch(/^[^\p{C}]{1,64}$/u);
        expect(Buffer.byteLength(JSON.stringify([email, plain, chat]))).toBeLessThan(32 * 1024);
      }),
      { numRuns: 500 },
    ));

  it("includes no secret of the record", () => {
    for (const outcomes of [done, []]) expect(JSON.stringify(mailOf(training, outcomes))).not.toContain(SECRET);
  });

  it("is limited, for any number of findings", () => {
    const definitions = Array.from({ length: 1000 }, () => ({ outputDataConfig: {} }));
    const mail = mailOf(callOf("CreateHyperParameterTuningJob", { trainingJobDefinitions: definitions }));
    expect(mail.email).toContain("and 980 more");
    expect(Buffer.byteLength(JSON.stringify(mail))).toBeLessThan(32 * 1024);
  });
});
