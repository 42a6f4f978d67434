import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operations } from "../../lib/catalogue/operations.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { collect } from "../../lib/core/model/path.ts";
import type { SettingVerdict } from "../../lib/core/model/types.ts";
import { FILL_IN, newName } from "../../lib/wording/remedy/fill-in.ts";
import { type Remedy, remedyOf as remedyIn } from "../../lib/wording/remedy/remedy.ts";
import { snakeCase } from "../../lib/wording/remedy/remedy-shell.ts";
import type { Wrong } from "../../lib/wording/remedy/wrong.ts";
import { noteSkipped } from "../../scripts/skipped.ts";
import { ACCOUNT, callOf, KEY, policyOf, REGION } from "../support/build.ts";
import { requestsOf } from "../support/encrypted-requests.ts";
import { misfits } from "../support/schema-check.ts";
import { keyMembers, sdkOperations } from "../support/sdk-schemas.ts";

const python = spawnSync("python3", ["-c", ""]).status === 0;
const botocore = spawnSync("python3", ["-c", "import botocore"]).status === 0;
if (!python) noteSkipped("the Python of a remedy", "python3 is not on the PATH");
if (!botocore) noteSkipped("boto3's method names in a remedy", "python3 cannot import botocore");
const sdk = sdkOperations();

const OPEN_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${FILL_IN}`;
const remedyOf = (wrong: Omit<Wrong, "place">, key?: string): Remedy =>
  remedyIn({ ...wrong, place: { account: ACCOUNT, region: REGION } }, key) ?? { language: "text", code: "" };

/** Runs snippets on a boto3 that only records its calls; the request is the reader's own. */
const RUN = `
import json, sys, types
calls = []
class Client:
    def __getattr__(self, method):
        return lambda **request: calls.append({"method": method, "request": request})
boto3 = types.ModuleType("boto3")
boto3.client = lambda service, region_name: Client()
sys.modules["boto3"] = boto3
for case in json.load(sys.stdin):
    exec(compile(case["code"].replace("request = {}", "request = given", 1), "remedy", "exec"), {"given": case["request"]})
print(json.dumps(calls))
`;
interface Called {
  readonly method: string;
  readonly request: JsonObject;
}
function run(cases: readonly { code: string; request: JsonObject }[]): Called[] {
  const { stdout, stderr } = spawnSync("python3", ["-c", RUN], { input: JSON.stringify(cases) });
  if (stderr.length > 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}

function without(request: JsonObject, path: string): JsonObject {
  const copy = structuredClone(request) as Record<string, unknown>;
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  const last = parts.pop() ?? "";
  delete parts.reduce((node, part) => node[part] as Record<string, unknown>, copy)[last];
  return copy as JsonObject;
}

/** A cluster's old groups are removed by the reader once the new ones run. */
const newGroups = (request: JsonObject, sent: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(sent).map(([member, value]) => {
      const old = request[member];
      return [
        member,
        member.endsWith("Groups") && Array.isArray(value) && Array.isArray(old) ? value.slice(old.length) : value,
      ];
    }),
  );

const policy = policyOf({ require: { "in-transit": true } });
const missing = (operation: string, request: JsonObject): SettingVerdict[] =>
  judge(callOf(operation, request), policy, new Map()).settings.filter(({ is }) => is === "missing");
const finding = (path: string, protects = "volume"): SettingVerdict => ({ path, protects, is: "missing" });

const removals = operations.flatMap(({ operation }) =>
  requestsOf(operation).flatMap((full) => {
    const input = sdk.get(operation)?.input;
    const paths = input ? keyMembers(operation, input).flatMap(({ path }) => collect(full, path)) : [];
    return paths.map(({ path }) => ({ operation, path, request: without(full, path) }));
  }),
);
const cases = removals.flatMap(({ operation, path, request }) => {
  const findings = missing(operation, request);
  const { language, code } = remedyOf({ operation, request, findings }, KEY);
  return language === "python" && findings.length > 0 ? [{ operation, path, request, code }] : [];
});

describe("the Python of a remedy", () => {
  it.skipIf(!python)("corrects the call for every key of every operation (skipped without python3)", () => {
    expect(cases.length).toBeGreaterThan(70);
    const called = run(cases);
    const wrong = cases.flatMap(({ operation, path, request }, i) => {
      const { method, request: sent } = called[i] as Called;
      const { service } = serviceOf(operation);
      const ofService = [...sdk.keys()].filter((one) => serviceOf(one).service === service);
      const name = ofService.find((one) => snakeCase(serviceOf(one).name) === method) ?? "";
      const input = sdk.get(name)?.input;
      const merged = name === operation ? sent : { ...request, ...newGroups(request, sent) };
      const left = missing(operation, merged).map((one) => one.path);
      const unfit = input ? misfits(input, sent) : [`no such method: ${method}`];
      return [...left, ...unfit].map((what) => `${operation} without ${path}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });

  it.skipIf(!python)("uses a new name, because a job's name can be used only once (skipped without python3)", () => {
    const request = { TrainingJobName: "churn", ResourceConfig: { InstanceType: "ml.m5.large" } };
    const findings = [finding("ResourceConfig.VolumeKmsKeyId")];
    const { code } = remedyOf({ operation: "CreateTrainingJob", request, findings }, KEY);
    expect(run([{ code, request }])).toEqual([
      {
        method: "create_training_job",
        request: {
          TrainingJobName: "churnv2",
          ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY },
        },
      },
    ]);
  });

  it.skipIf(!python)("updates in place if an update can set the key (skipped without python3)", () => {
    const request = { DomainName: "ds", VpcId: "vpc-1", DefaultUserSettings: { SharingSettings: {} } };
    const findings = [finding("DefaultUserSettings.SharingSettings.S3KmsKeyId", "sharing")];
    const arn = "arn:aws:sagemaker:us-east-1:111122223333:domain/d-abc123";
    const { code } = remedyOf({ operation: "CreateDomain", request, findings, arn }, KEY);
    const DefaultUserSettings = { SharingSettings: { S3KmsKeyId: KEY } };
    expect(run([{ code, request }])).toEqual([
      { method: "update_domain", request: { DomainId: "d-abc123", DefaultUserSettings } },
    ]);
    const both = [...findings, finding("KmsKeyId", "studio-storage")];
    const again = remedyOf({ operation: "CreateDomain", request, findings: both, arn }, KEY).code;
    expect(run([{ code: again, request }])[0]).toMatchObject({
      method: "create_domain",
      request: { KmsKeyId: KEY, DefaultUserSettings },
    });
  });

  it.skipIf(!python)("adds a HyperPod group with a root volume under the key (skipped without python3)", () => {
    const path = "InstanceGroups[0].InstanceStorageConfigs[].EbsVolumeConfig.VolumeKmsKeyId";
    const request = { ClusterName: "pod", InstanceGroups: [{ InstanceGroupName: "gpu-workers" }] };
    const wrong = { operation: "CreateCluster", request, findings: [finding(path, "root-volume")] };
    const [call] = run([{ code: remedyOf(wrong, KEY).code, request }]);
    const InstanceStorageConfigs = [{ EbsVolumeConfig: { RootVolume: true, VolumeKmsKeyId: KEY } }];
    expect(call).toEqual({
      method: "update_cluster",
      request: {
        ClusterName: "pod",
        InstanceGroups: [...request.InstanceGroups, { InstanceGroupName: "gpu-workers-2", InstanceStorageConfigs }],
      },
    });
  });

  it("sets a key at the request's path, if Describe has it at another path", () => {
    const findings = [finding("SecurityConfig.VolumeKmsKeyId")];
    const { code } = remedyOf({ operation: "CreateAutoMLJob", request: {}, findings }, KEY);
    expect(code).toContain('part = request.setdefault("AutoMLJobConfig", {})\npart.setdefault("SecurityConfig", {})[');
  });

  it("sets no key if only the traffic between nodes is not encrypted", () => {
    const findings = [finding("EnableInterContainerTrafficEncryption", "in-transit")];
    const { code } = remedyOf({ operation: "CreateTrainingJob", request: {}, findings });
    expect(code).toContain('request["EnableInterContainerTrafficEncryption"] = True');
    expect(code).not.toContain("key");
  });

  it.skipIf(!botocore)("calls boto3's methods by their names (skipped without botocore)", () => {
    const names = [...operations.map(({ operation }) => operation), "CreateMlflowApp", "UpdateDomain"];
    const check =
      "import json,sys\nfrom botocore import xform_name\nprint(json.dumps([xform_name(n) for n in json.load(sys.stdin)]))";
    const { stdout } = spawnSync("python3", ["-c", check], { input: JSON.stringify(names) });
    expect(names.map(snakeCase)).toEqual(JSON.parse(stdout.toString()));
  });

  it.skipIf(!python)("contains no unsafe text of the record or the policy (skipped without python3)", () => {
    const evil = `"; import os; os.system("x") #\n'''"""\\`;
    const request = { TrainingJobName: evil, ResourceConfig: {} };
    const findings = [finding("ResourceConfig.VolumeKmsKeyId")];
    const { code } = remedyOf({ operation: "CreateTrainingJob", request, findings }, evil);
    expect(code).not.toContain("os.system");
    const [call] = run([{ code, request }]);
    expect(call?.request).toEqual({ TrainingJobName: FILL_IN, ResourceConfig: { VolumeKmsKeyId: OPEN_KEY } });
  });
});

describe("the command of a remedy", () => {
  const command = (request: JsonObject): string =>
    remedyOf({ operation: "CreateNotebookInstance", request, findings: [finding("KmsKeyId")] }, KEY).code;
  const wordsOf = (code: string): string[] =>
    spawnSync("sh", ["-c", code.replace(/^aws/, "printf '%s\\n'")])
      .stdout.toString()
      .trimEnd()
      .split("\n");
  const full = {
    notebookInstanceName: "ana-nb",
    instanceType: "ml.t3.medium",
    roleArn: "arn:aws:iam::111122223333:role/ds",
    subnetId: "subnet-0a1b",
    securityGroupIds: ["sg-1", "sg-2"],
    directInternetAccess: "Disabled",
    rootAccess: "Disabled",
    volumeSizeInGB: 50,
    lifecycleConfigName: "setup",
    platformIdentifier: "notebook-al2023-v1",
    ipAddressType: "ipv4",
    defaultCodeRepository: "https://user:hunter2@example.com/x.git",
  };

  it("keeps the notebook's network and access settings, and no secret", () => {
    expect(command(full)).toMatchInlineSnapshot(`
      "aws sagemaker create-notebook-instance \\
        --region us-east-1 \\
        --notebook-instance-name ana-nb-2 \\
        --kms-key-id arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \\
        --instance-type ml.t3.medium \\
        --role-arn arn:aws:iam::111122223333:role/ds \\
        --subnet-id subnet-0a1b \\
        --security-group-ids sg-1 sg-2 \\
        --direct-internet-access Disabled \\
        --root-access Disabled \\
        --volume-size-in-gb 50 \\
        --lifecycle-config-name setup \\
        --platform-identifier notebook-al2023-v1 \\
        --ip-address-type ipv4 \\
        --default-code-repository FILL-IN"
    `);
  });

  it("has options that the AWS CLI knows", () => {
    const flags = wordsOf(command(full)).filter((word) => word.startsWith("--"));
    const known = [...(sdk.get("CreateNotebookInstance")?.input.structIterator() ?? [])].map(
      ([member]) => `--${snakeCase(member).replaceAll("_", "-")}`,
    );
    expect(flags.length).toBe(14);
    expect([...known, "--region"]).toEqual(expect.arrayContaining(flags));
  });

  it.each([
    "a'; touch /tmp/x; '",
    "$(id)",
    "`id`",
    "a b",
    "x\ny",
    "-rf",
    "file:///etc/passwd",
    "--profile=x",
    '"',
    "\\",
  ])("contains no part of %j, at any place in the request", (evil) => {
    const request = Object.fromEntries(Object.keys(full).map((name) => [name, evil]));
    const words = wordsOf(command(request)).filter((word) => !word.startsWith("--"));
    expect(new Set(words)).toEqual(new Set(["sagemaker", "create-notebook-instance", REGION, KEY, FILL_IN]));
  });

  it("shows how to find the settings of a notebook that the event only names", () => {
    const code = command({ notebookInstanceName: "old" });
    expect(code).toContain("aws sagemaker describe-notebook-instance \\\n  --region us-east-1");
    expect(code).toContain("--instance-type FILL-IN --role-arn arn:aws:iam::111122223333:role/FILL-IN");
  });
});

describe("a new name", () => {
  it.each([
    ["churn-2026", "churn-2026-2"],
    ["churn", "churnv2"],
    ["churn-2", "churn-2-2"],
    ["a-name-of-thirty-two-characters-", "a-name-of-thirty-two-character-2"],
    [`${"a".repeat(61)}-b`, `${"a".repeat(61)}-2`],
    ["x".repeat(32), `${"x".repeat(30)}v2`],
    ["a name", FILL_IN],
    ["$(id)", FILL_IN],
    ["", FILL_IN],
  ])("of %j is %j", (name, expected) => expect(newName(name)).toBe(expected));

  it("differs from the given one, is no longer than the API's limits, and has its characters", async () => {
    await fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]([_-]*[a-zA-Z0-9]){0,62}$/), (name) => {
        const made = newName(name);
        expect(made).not.toBe(name);
        expect(made.length).toBeLessThanOrEqual(Math.max(32, name.length));
        expect(made).toMatch(/^[a-zA-Z0-9]([_-]*[a-zA-Z0-9])*$/);
      }),
    );
  });
});

describe("the remedy for data without a key member", () => {
  const missing = (path: string, protects: string): SettingVerdict => ({ path, protects, is: "missing" });
  const places = { CheckpointConfig: { S3Uri: "s3://scratch/c" }, ProfilerConfig: { S3OutputPath: "s3://scratch/p" } };

  it("is one command for its bucket, which a shell accepts", () => {
    const findings = [
      missing("CheckpointConfig.S3Uri", "unkeyed-output"),
      missing("ProfilerConfig.S3OutputPath", "unkeyed-output"),
    ];
    const { language, code } = remedyOf({ operation: "CreateTrainingJob", request: places, findings }, KEY);
    expect(language).toBe("shell");
    expect(code.match(/put-bucket-encryption/g)).toHaveLength(1);
    expect(spawnSync("bash", ["-n", "-c", code]).status).toBe(0);
    const [, json = ""] = /configuration '(.*)'$/s.exec(code) ?? [];
    expect(JSON.parse(json).Rules[0].ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: "aws:kms",
      KMSMasterKeyID: KEY,
    });
  });

  it("is a comment next to the keys that a request can name", () => {
    const findings = [
      missing("OutputDataConfig.KmsKeyId", "output"),
      missing("CheckpointConfig.S3Uri", "unkeyed-output"),
    ];
    const { language, code } = remedyOf({ operation: "CreateTrainingJob", request: places, findings });
    expect(language).toBe("python");
    expect(code).toContain('"OutputDataConfig"');
    expect(code).toContain("# aws s3api put-bucket-encryption");
    expect(code).not.toContain("CheckpointConfig");
  });

  it("never names a bucket that could break out of the command", () => {
    const request = { CheckpointConfig: { S3Uri: "s3://a;rm -rf $HOME/c" } };
    const { code } = remedyOf({
      operation: "CreateTrainingJob",
      request,
      findings: [missing("CheckpointConfig.S3Uri", "unkeyed-output")],
    });
    expect(code).not.toContain("rm -rf");
  });

  it("is given by step for a pipeline", () => {
    const findings = [missing("Steps[Train].Arguments.OutputDataConfig.KmsKeyId", "output")];
    expect(remedyOf({ operation: "CreatePipeline", request: {}, findings })).toEqual({
      language: "text",
      code: `Steps[Train].Arguments.OutputDataConfig.KmsKeyId: "${OPEN_KEY}"`,
    });
  });
});
