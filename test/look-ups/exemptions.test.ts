import { describe, expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import { KEY, policyOf } from "../support/build.ts";
import { arnOf, embeddedState, entriesOf, happen, mailsOf } from "../support/world.ts";
import { enforceJob, FIRST } from "./job.ts";

const WHO = { reason: "moves in March", owner: "ml-platform@example.com" };
const LIVE = { ...WHO, expires: "2026-11-02" };
const OVER = { ...WHO, expires: "2026-11-01" };
const exempting = (match: object, dates: object = LIVE, more: object = {}) =>
  policyOf({ buckets: { unkeyed: false }, exemptions: [{ name: "one", ...dates, match }], ...more });
const output = { OutputDataConfig: {} };
const tagged = { ...output, Tags: [{ Key: "keyward-exempt", Value: "approved-7" }] };
const ANA = "arn:aws:iam::111122223333:user/ana";

/** The violation is in a training job's output key. The event is from 2026-11-02. */
const rows = [
  ["its kind", { kind: "training-job" }, output, "exempt"],
  ["one of several kinds", { kind: ["processing-job", "training-job"] }, output, "exempt"],
  ["another kind", { kind: "processing-job" }, output, "non-compliant"],
  ["its name", { name: "chur*" }, output, "exempt"],
  ["another name", { name: "chur" }, output, "non-compliant"],
  ["its ARN", { arn: "arn:aws:sagemaker:*:training-job/churn" }, output, "exempt"],
  ["its account", { account: "111122223333" }, output, "exempt"],
  ["its Region", { region: ["eu-*", "us-east-1"] }, output, "exempt"],
  ["another Region", { region: "eu-*" }, output, "non-compliant"],
  ["its principal", { principal: "arn:aws:iam::*:user/ana" }, output, "exempt"],
  ["another principal", { principal: "arn:aws:iam::*:user/ben" }, output, "non-compliant"],
  ["the setting by path", { setting: "OutputDataConfig.KmsKeyId" }, output, "exempt"],
  ["the setting by what it protects", { setting: "output" }, output, "exempt"],
  ["another setting", { setting: "volume" }, output, "non-compliant"],
  ["all that it names", { kind: "training-job", name: "churn", account: "111122223333" }, output, "exempt"],
  [
    "all but one that it names",
    { kind: "training-job", name: "churn", account: "444455556666" },
    output,
    "non-compliant",
  ],
  [
    "a tag of a principal who may set it",
    { tag: { key: "keyward-exempt", value: "approved-*", "set-by": ANA } },
    tagged,
    "exempt",
  ],
  [
    "a tag of another principal",
    { tag: { key: "keyward-exempt", "set-by": "arn:aws:iam::*:role/approver" } },
    tagged,
    "non-compliant",
  ],
  [
    "a tag with another value",
    { tag: { key: "keyward-exempt", value: "approved", "set-by": ANA } },
    tagged,
    "non-compliant",
  ],
  ["a tag that the resource does not have", { tag: { key: "keyward-exempt", "set-by": ANA } }, output, "non-compliant"],
] as const;

describe("an exemption", () => {
  it.each(rows)("is compared by %s", async (_what, match, request, verdict) => {
    const { decision, running } = await enforceJob(exempting(match), request, {});
    expect(decision.verdict).toBe(verdict);
    expect(running).toBe(verdict === "exempt");
    const use = { name: "one", ...LIVE };
    expect(decision.exemptions).toEqual(verdict === "exempt" ? [use] : undefined);
    expect(decision.settings[0]?.exempt).toBe(verdict === "exempt" ? "one" : undefined);
  });

  it("is recorded in the ledger, and nothing else is done", async () => {
    const { aws, ports, calls } = await embeddedState(exempting({ name: "churn" }));
    const event = happen(aws, "CreateTrainingJob", { TrainingJobName: "churn", ...output });
    expect(await respond(event, ports, FIRST)).toMatchObject({
      decision: { verdict: "exempt", actions: [] },
      next: "done",
    });
    await respond(event, ports, FIRST);
    expect(calls()).toEqual([]);
    expect(entriesOf(aws)).toMatchObject([
      { verdict: "exempt", state: "closed", exemptions: [{ name: "one", ...LIVE }] },
    ]);
  });

  it("does not count after it has expired, and the mail says so", async () => {
    const { aws, ports } = await embeddedState(exempting({ name: "churn" }, OVER));
    const event = happen(
      aws,
      "CreateTrainingJob",
      { TrainingJobName: "churn", ...output },
      { TrainingJobArn: arnOf("training-job", "churn") },
    );
    const { decision } = await respond(event, ports, FIRST);
    expect(decision).toMatchObject({ verdict: "non-compliant", expired: [{ name: "one", expires: "2026-11-01" }] });
    const mail = mailsOf(aws)[0]?.messages.email ?? "";
    expect(mail.replace(/\s+/g, " ")).toContain(
      "An exemption covered it and has expired: - one, for moves in March (owner: ml-platform@example.com), expired on 2026-11-01.",
    );
  });

  it("leaves the other violation if it covers only one of two", async () => {
    const { decision, running } = await enforceJob(
      exempting({ setting: "output" }),
      { ...output, ResourceConfig: { InstanceType: "ml.m5.large" } },
      {},
    );
    expect(decision).toMatchObject({ verdict: "non-compliant", exemptions: [{ name: "one" }] });
    expect(decision.settings.map(({ protects, exempt }) => `${protects} ${exempt}`)).toContain("output one");
    expect(running).toBe(false);
  });

  it("counts only after the other keys are looked up", async () => {
    const aws = "arn:aws:kms:us-east-1:111122223333:key/0aaa0000-aaaa-4000-8000-aaaaaaaaaaaa";
    const request = { ...output, ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: aws } };
    const policy = exempting({ setting: "output" }, LIVE, { keys: { accept: "customer-managed" } });
    const { decision, asked } = await enforceJob(policy, request, { keys: [{ arn: aws, manager: "AWS" }] });
    expect({ verdict: decision.verdict, asked }).toEqual({ verdict: "non-compliant", asked: ["DescribeKey"] });
    const own = await enforceJob(
      policy,
      { ...request, ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY } },
      {},
    );
    expect(own.decision.verdict).toBe("exempt");
  });

  it.each([
    ["the tags of a record without its parameters", { tag: { key: "k", "set-by": "*" } }],
    ["a principal that the record does not name", { principal: "arn:aws:iam::*:user/ana" }],
  ])("exempts nothing and stops nothing if it depends on %s", async (_what, match) => {
    const { aws, ports } = await embeddedState(exempting(match));
    const made = happen(aws, "CreateTrainingJob", {
      TrainingJobName: "churn",
      ResourceConfig: { InstanceType: "ml.g5.xlarge" },
      ...output,
    });
    const event = {
      ...made,
      requestParameters:
        "tag" in match
          ? { omitted: true, reason: "requestParameters too large", trainingJobName: "churn" }
          : made.requestParameters,
      responseElements: { trainingJobArn: aws.sagemaker.resources[0]?.arn },
      userIdentity: "tag" in match ? { type: "IAMUser", arn: ANA } : { type: "Unknown" },
    };
    const { decision } = await respond(event, ports, FIRST);
    expect(decision).toMatchObject({
      verdict: "undetermined",
      reason: { code: "exemption-unclear", exemption: "one" },
    });
    expect(decision.actions.map((action) => action.do)).not.toContain("stop");
    expect(aws.sagemaker.resources[0]?.status).toBe("InProgress");
    const mail = mailsOf(aws)[0]?.messages.email ?? "";
    expect(mail).toMatch(/^Training job churn is not under an accepted KMS key, unless an exemption/);
    expect(mail).toContain("Nothing was");
  });
});

describe("an exemption by role", () => {
  const role = (name: string, session: string, issuer = true) => ({
    type: "AssumedRole",
    arn: `arn:aws:sts::111122223333:assumed-role/${name}/${session}`,
    ...(issuer && {
      sessionContext: { sessionIssuer: { type: "Role", arn: `arn:aws:iam::111122223333:role/${name}` } },
    }),
  });
  const APPROVER = "arn:aws:iam::*:role/ml-approver";
  const bySetter = (setBy: string) => ({ tag: { key: "keyward-exempt", "set-by": setBy } });

  it.each([
    ["the role", bySetter(APPROVER), role("ml-approver", "ana"), "exempt"],
    ["the role, given as principal", { principal: APPROVER }, role("ml-approver", "ana"), "exempt"],
    ["a session with the role's name", bySetter("*ml-approver*"), role("intern", "ml-approver"), "non-compliant"],
    [
      "a session with the role's name, given as principal",
      { principal: "*ml-approver*" },
      role("intern", "ml-approver"),
      "non-compliant",
    ],
    [
      "a pattern in the form of a session",
      bySetter("arn:aws:sts::*:assumed-role/ml-approver/*"),
      role("ml-approver", "ana"),
      "exempt",
    ],
    ["a record without the issuer", bySetter(APPROVER), role("ml-approver", "ana", false), "undetermined"],
  ])("is compared with %s", async (_what, match, userIdentity, verdict) => {
    const { aws, ports } = await embeddedState(exempting(match));
    const job = { TrainingJobName: "churn", ResourceConfig: { InstanceType: "ml.g5.xlarge" }, ...tagged };
    const event = happen(aws, "CreateTrainingJob", job, { TrainingJobArn: arnOf("training-job", "churn") });
    const { decision } = await respond({ ...event, userIdentity }, ports, FIRST);
    expect(decision.verdict).toBe(verdict);
    expect(aws.sagemaker.resources[0]?.status === "InProgress").toBe(verdict !== "non-compliant");
  });
});
