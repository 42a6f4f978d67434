import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildHook, type PackagedHook, packageHook } from "../../scripts/hook-stack.ts";
import type { Template } from "../../scripts/plain-template.ts";
import { lint, readTemplate } from "../../scripts/stack.ts";
import { PSEUDO, type Resolved, resolveTemplate } from "./resolve-template.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-hook-package-"));
let made: PackagedHook;
let plain: Template;
let resolved: Resolved;

beforeAll(async () => {
  mkdirSync(join(dir, "scripts"));
  for (const file of ["serverless.hook.yml", "scripts/keep-parameters.mjs"]) copyFileSync(file, join(dir, file));
  await buildHook(dir, "policy.yaml");
  made = packageHook(dir);
  plain = readTemplate(made.plain);
  resolved = resolveTemplate(plain, CODE);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const CODE = { CodeBucketPrefix: "code", HookCodeKey: "keyward/hook-1.zip" };
const properties = (name: string, of = resolved) => of.Resources[name]?.Properties;
const arn = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });

describe("the stack of the hook", () => {
  it("has a function, two roles, a log and three hooks, and nothing else", () => {
    expect(Object.entries(resolved.Resources).map(([name, { Type }]) => `${name} ${Type}`)).toEqual([
      "HookLogGroup AWS::Logs::LogGroup",
      "HookLambdaFunction AWS::Lambda::Function",
      "FunctionRole AWS::IAM::Role",
      "HookRole AWS::IAM::Role",
      "ResourceHook AWS::CloudFormation::LambdaHook",
      "CloudControlHook AWS::CloudFormation::LambdaHook",
      "StackHook AWS::CloudFormation::LambdaHook",
    ]);
    expect(properties("HookLogGroup")).toEqual({
      LogGroupName: "/aws/lambda/keyward-test-judge",
      RetentionInDays: 365,
    });
  });

  it("has a function that ends before CloudFormation's 30 seconds, and knows no other resource", () => {
    const { Timeout, Environment, VpcConfig, ...rest } = properties("HookLambdaFunction");
    expect(Timeout).toBeLessThan(30);
    expect({ Environment, VpcConfig }).toEqual({});
    expect(rest).toMatchObject({
      FunctionName: "keyward-test-judge",
      Handler: "dist/hook/index.handler",
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Role: arn("FunctionRole"),
      Code: { S3Bucket: "code-eu-central-1", S3Key: "keyward/hook-1.zip" },
    });
  });

  it("gives the function its log, and the hooks the function", () => {
    const statements = (role: string) => {
      const { Policies, ManagedPolicyArns } = properties(role);
      expect(ManagedPolicyArns).toBeUndefined();
      return (Policies as { PolicyDocument: { Statement: object[] } }[]).flatMap((one) => one.PolicyDocument.Statement);
    };
    expect(statements("FunctionRole")).toEqual([
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: arn("HookLogGroup"),
      },
    ]);
    expect(statements("HookRole")).toEqual([
      {
        Sid: "CallTheFunction",
        Effect: "Allow",
        Action: "lambda:InvokeFunction",
        Resource: arn("HookLambdaFunction"),
      },
    ]);
  });

  it("lets only CloudFormation assume the hooks' role, for the hooks of this account and Region", () => {
    const [statement, ...more] = properties("HookRole").AssumeRolePolicyDocument.Statement;
    expect(more).toEqual([]);
    expect(statement).toEqual({
      Effect: "Allow",
      Principal: { Service: ["hooks.cloudformation.amazonaws.com", "resources.cloudformation.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": PSEUDO.AccountId },
        ArnLike: {
          "aws:SourceArn": `arn:aws:cloudformation:${PSEUDO.Region}:${PSEUDO.AccountId}:type/hook/Keyward-SageMaker-*`,
        },
      },
    });
  });
});

describe("the hooks", () => {
  const HOOKS = ["ResourceHook", "CloudControlHook", "StackHook"];
  /** The schema's pattern of an alias (CloudFormation registry). */
  const ALIAS = /^(?!aws)[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}$/i;

  it("warn by default, and fail if the parameter says so", () => {
    for (const name of HOOKS) {
      expect(properties(name)).toMatchObject({ FailureMode: "WARN", HookStatus: "ENABLED" });
      const failing = resolveTemplate(plain, { ...CODE, FailureMode: "FAIL" });
      expect(properties(name, failing).FailureMode).toBe("FAIL");
    }
    expect(plain.Parameters?.FailureMode).toMatchObject({ Default: "WARN", AllowedValues: ["WARN", "FAIL"] });
  });

  it("cover all four targets: resources of SageMaker only, and every stack", () => {
    const hooks = HOOKS.map((name) => properties(name));
    expect(hooks.map(({ TargetOperations }) => TargetOperations)).toEqual([
      ["RESOURCE"],
      ["CLOUD_CONTROL"],
      ["STACK", "CHANGE_SET"],
    ]);
    expect(hooks.map(({ TargetFilters }) => TargetFilters)).toEqual([
      { Actions: ["CREATE", "UPDATE"], InvocationPoints: ["PRE_PROVISION"], TargetNames: ["AWS::SageMaker::*"] },
      { Actions: ["CREATE", "UPDATE"], InvocationPoints: ["PRE_PROVISION"], TargetNames: ["AWS::SageMaker::*"] },
      { Actions: ["CREATE", "UPDATE"], InvocationPoints: ["PRE_PROVISION"] },
    ]);
    const names = hooks.map(({ Alias }) => Alias);
    expect(new Set(names).size).toBe(HOOKS.length);
    for (const { Alias, LambdaFunction, ExecutionRole } of hooks) {
      expect(Alias).toMatch(ALIAS);
      // The trust of the role.
      expect(Alias.replaceAll("::", "-")).toMatch(/^Keyward-SageMaker-/);
      expect({ LambdaFunction, ExecutionRole }).toEqual({
        LambdaFunction: arn("HookLambdaFunction"),
        ExecutionRole: arn("HookRole"),
      });
    }
  });

  it("leave out their own stack, and those that the parameter names", () => {
    const excluded = (parameters: object) =>
      properties("StackHook", resolveTemplate(plain, { ...CODE, ...parameters })).StackFilters;
    const filter = (names: string[]) => ({ FilteringCriteria: "ALL", StackNames: { Exclude: names } });
    expect(excluded({})).toEqual(filter(["keyward-test"]));
    expect(excluded({ ExcludedStacks: "team-a-*,legacy" })).toEqual(filter(["keyward-test", "team-a-*", "legacy"]));
    expect(properties("ResourceHook").StackFilters).toEqual(properties("StackHook").StackFilters);
    // Cloud Control API has no stacks.
    expect(properties("CloudControlHook").StackFilters).toBeUndefined();
  });
});

describe("the templates of the hook", () => {
  it("are small, and need only the bucket and the key of the code", () => {
    expect(statSync(made.plain).size).toBeLessThan(51_200);
    expect(statSync(made.zip).size).toBeLessThan(500_000);
    const required = Object.entries(plain.Parameters ?? {}).filter(([, parameter]) => !("Default" in parameter));
    expect(required.map(([name]) => name)).toEqual(["CodeBucketPrefix", "HookCodeKey"]);
    expect(JSON.stringify(plain)).not.toMatch(/ServerlessDeployment|"Transform"/);
  });

  it("pass cfn-lint", ({ skip }) => {
    const found = lint(made.template, made.plain);
    skip(found === undefined, "cfn-lint is not on the PATH");
    expect(found).toBe("");
  });
});
