import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import * as kms from "../../lib/aws/kms-commands.ts";
import * as list from "../../lib/aws/list-commands.ts";
import * as s3 from "../../lib/aws/s3-commands.ts";
import * as s3List from "../../lib/aws/s3-list-commands.ts";
import * as sagemaker from "../../lib/aws/sagemaker-commands.ts";
import * as sns from "../../lib/aws/sns-commands.ts";
import * as sqs from "../../lib/aws/sqs-commands.ts";
import { isLookedUp, kindOf, kinds } from "../../lib/catalogue/kinds.ts";
import { judgedOperations, operations } from "../../lib/catalogue/operations.ts";
import type { Kind } from "../../lib/catalogue/vocabulary.ts";
import type { TestPackage } from "./packaged.ts";
import { PSEUDO, type Pseudo, type Resolved, resolveTemplate } from "./resolve-template.ts";
import { sharedPackage } from "./shared-package.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: object | string | readonly object[];
}

let made: TestPackage;
/** The stack in the longest partition and Region. */
let longest: Resolved;
let statements: readonly Statement[];
let sweeps: readonly Statement[];
let daily: readonly Statement[];

beforeAll(async () => {
  made = await sharedPackage();
  longest = resolveTemplate(made.stack, {}, LONGEST);
  statements = statementsOf("EnforceRole");
  sweeps = statementsOf("SweepRole");
  daily = statementsOf("DailyRole");
});

function statementsOf(role: string): Statement[] {
  const { Policies, ManagedPolicyArns } = longest.Resources[role]?.Properties ?? {};
  const managed = ManagedPolicyArns.map(({ Ref }: { Ref: string }) => longest.Resources[Ref]?.Properties);
  return [...managed, ...Policies].flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );
}

/** The actions that the code can call, by its imports. */
const sent = (service: string, commands: object) =>
  Object.keys(commands).flatMap((name) => (name.endsWith("Command") ? [`${service}:${name.slice(0, -7)}`] : []));

/** Some S3 operations need an action of another name (Service Authorization Reference). */
const IAM_NAMES: Readonly<Record<string, string>> = { "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration" };

const inCode = [
  ...sent("sagemaker", sagemaker),
  ...Object.keys({ ...sagemaker.describeCommands, ...sagemaker.stopCommands }).map((name) => `sagemaker:${name}`),
  ...sent("kms", kms),
  ...sent("sns", sns),
  ...sent("s3", s3).map((action) => IAM_NAMES[action] ?? action),
  ...sent("sqs", sqs),
];

/** The actions that Lambda, SQS and SNS do on the function's behalf. */
const ON_BEHALF = [
  ...["sqs:ReceiveMessage", "sqs:DeleteMessage"],
  ...["kms:Decrypt", "kms:GenerateDataKey"],
  ...["logs:CreateLogStream", "logs:PutLogEvents"],
  // S3 says that an object is not there only to a role that may list its bucket.
  "s3:ListBucket",
];

const asList = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one as T]);

const actionsIn = (found: readonly Statement[]) =>
  found.flatMap(({ Effect, Action }) => (Effect === "Allow" ? asList(Action) : [])).sort();

/** The only List call of enforcement. */
const LIST_STEPS = "sagemaker:ListPipelineExecutionSteps";

describe("the sweep's role", () => {
  // It has no queue and confirms no parents. Enforcement has none of its List permissions.
  const called = [
    ...inCode.filter((action) => !action.startsWith("sqs:") && action !== LIST_STEPS),
    ...sent("sagemaker", list),
    ...Object.keys(list.listCommands).map((name) => `sagemaker:${name}`),
    ...ON_BEHALF.filter((action) => !action.startsWith("sqs:")),
  ].sort();

  it("may do exactly what the code calls", () => {
    expect(actionsIn(sweeps)).toEqual(called);
    expect(actionsIn(statements).filter((action) => action.startsWith("sagemaker:List"))).toEqual([LIST_STEPS]);
  });

  it("may only list, and look up keys, on all resources", () => {
    const wide = sweeps.filter(({ Resource }) => asList<unknown>(Resource).includes("*"));
    const actions = wide.flatMap(({ Action }) => asList(Action));
    expect(
      actions.filter((action) => !/^(sagemaker:List|kms:(DescribeKey|GetKeyRotationStatus|ListAliases)$)/.test(action)),
    ).toEqual([]);
  });
});

describe("the daily function's role", () => {
  it("may do exactly what its code calls: read and write the state, list it, and publish", () => {
    expect(new Set([...sent("s3", s3List), "s3:ListBucket"])).toEqual(new Set(["s3:ListObjectsV2", "s3:ListBucket"]));
    const called = ["kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents"];
    // ListObjectsV2 needs s3:ListBucket (Service Authorization Reference).
    expect(actionsIn(daily)).toEqual(
      [...called, "s3:GetObject", "s3:PutObject", "s3:ListBucket", ...sent("sns", sns)].sort(),
    );
    expect(daily.filter(({ Resource }) => asList<unknown>(Resource).includes("*"))).toEqual([]);
  });

  it("may not write what people control, nor may another one", () => {
    for (const found of [statements, sweeps, daily]) {
      expect(found.filter(({ Effect }) => Effect === "Deny")).toMatchObject([{ Action: "s3:PutObject" }]);
    }
  });
});

describe("the function's role", () => {
  it("may do exactly what the code calls", () => {
    const allowed = statements.flatMap(({ Effect, Action }) => (Effect === "Allow" ? asList(Action) : []));
    const called = [...inCode, ...ON_BEHALF];
    expect([...allowed].sort()).toEqual([...called].sort());
  });

  it("would fail the comparison above if one action were added or removed", () => {
    const allowed = statements.flatMap(({ Effect, Action }) => (Effect === "Allow" ? asList(Action) : [])).sort();
    const called = [...inCode, ...ON_BEHALF].sort();
    const same = (actions: readonly string[]) => JSON.stringify([...actions].sort()) === JSON.stringify(called);
    expect(same(allowed)).toBe(true);
    expect(same([...allowed, "sagemaker:DeleteDomain"])).toBe(false);
    expect(allowed.filter((_, i) => same(allowed.toSpliced(i, 1)))).toEqual([]);
  });

  it("has every Describe and Stop of the kinds in the catalogue", () => {
    const named = new Set<string>(judgedOperations.map(({ kind }) => kind));
    const rows = (kinds as readonly Kind[]).filter((row) => named.has(row.kind) && isLookedUp(row));
    const wanted = rows.flatMap(({ describe, stop }) => [describe.operation, ...(stop ? [stop.operation] : [])]);
    const allowed = statements.flatMap(({ Action }) => asList(Action));
    expect(allowed).toEqual(expect.arrayContaining(wanted.map((operation) => `sagemaker:${operation}`)));
  });

  it("may only look up keys on all resources", () => {
    const wide = statements.filter(({ Resource }) => asList<unknown>(Resource).includes("*"));
    expect(wide.map(({ Action }) => Action)).toEqual([
      ["kms:DescribeKey", "kms:GetKeyRotationStatus"],
      "kms:ListAliases",
    ]);
    expect(JSON.stringify(statements)).not.toMatch(/"(\w+:\*|\*:\*)"/);
  });

  it("has no wildcard in an action, nor has another role", () => {
    for (const found of [statements, sweeps, daily]) {
      expect(actionsIn(found).length).toBeGreaterThan(7);
      expect(actionsIn(found).filter((action) => action.includes("*"))).toEqual([]);
    }
  });

  it("may list the steps of pipeline executions, and nothing else", () => {
    const [listing] = statements.filter(({ Action }) => asList(Action).includes(LIST_STEPS));
    expect(asList<object | string>(listing?.Resource ?? [])).toEqual([
      "arn:aws-us-gov:sagemaker:ap-southeast-1:111122223333:pipeline/*/execution/*",
    ]);
  });

  it("covers the ARN in the response of every operation", () => {
    const [describes] = statements;
    const covered = asList<object | string>(describes?.Resource ?? []).map(String);
    const arns = answeredArns();
    expect(arns.length).toBeGreaterThan(25);
    const out = arns.filter((arn) => !covered.some((pattern) => arn.startsWith(pattern.slice(0, -1))));
    expect(out).toEqual([]);
  });

  it("stays within IAM's 10,240 characters, and 6,144 for each managed policy, in every partition and Region", () => {
    const { Policies } = longest.Resources.EnforceRole?.Properties ?? {};
    const documents = Policies.map(({ PolicyDocument }: { PolicyDocument: object }) => JSON.stringify(PolicyDocument));
    expect(documents.join("").length).toBeLessThan(10_240);
    const managed = Object.values(longest.Resources).filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy");
    expect(managed).toHaveLength(3);
    for (const { Properties } of managed) expect(JSON.stringify(Properties.PolicyDocument).length).toBeLessThan(6_144);
  });
});

const LONGEST: Pseudo = { ...PSEUDO, Partition: "aws-us-gov", Region: "ap-southeast-1" };

/** The ARNs in the responses of the example events of catalogued operations, in the longest partition and Region. */
function answeredArns(): string[] {
  // A kind that the SDK lacks, or that is only reported, is not described.
  const described = operations.filter(({ kind }) => isLookedUp(kindOf(kind)));
  return described.flatMap(({ operation }) =>
    readdirSync(`events/${operation}`).flatMap((file) => {
      const { detail } = JSON.parse(readFileSync(`events/${operation}/${file}`, "utf8"));
      const values = Object.values(detail?.responseElements ?? {}).map(String);
      return values
        .filter((value) => value.startsWith("arn:aws:sagemaker:"))
        .map((arn) => `arn:aws-us-gov:sagemaker:ap-southeast-1:111122223333:${arn.split(":").slice(5).join(":")}`);
    }),
  );
}
