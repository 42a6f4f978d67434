import { describe, expect, it } from "vitest";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";

const policy = policyOf({ buckets: { unkeyed: false } });
const judged = (definition: string) =>
  judge(callOf("CreatePipeline", { PipelineName: "p", PipelineDefinition: definition }), policy, new Map());
const definitionOf = (steps: readonly Json[], parameters: readonly Json[] = []) =>
  JSON.stringify({ Version: "2020-12-01", Parameters: parameters, Steps: steps });
const step = (Type: string, Arguments: JsonObject, Name = "One"): JsonObject => ({ Name, Type, Arguments });
const training = (key: Json, output: Json = KEY) =>
  step("Training", {
    OutputDataConfig: { KmsKeyId: output },
    ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: key },
  });

describe("a step of each type", () => {
  it.each([
    [
      "Training",
      { OutputDataConfig: { KmsKeyId: KEY }, ResourceConfig: { InstanceType: "ml.m5.large" } },
      "ResourceConfig.VolumeKmsKeyId",
    ],
    [
      "Processing",
      { ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large" } } },
      "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
    ],
    [
      "QualityCheck",
      { ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large" } } },
      "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
    ],
    [
      "ClarifyCheck",
      { ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large" } } },
      "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
    ],
    [
      "Transform",
      { TransformOutput: {}, TransformResources: { InstanceType: "ml.g5.xlarge" } },
      "TransformOutput.KmsKeyId",
    ],
    [
      "Tuning",
      { TrainingJobDefinition: { OutputDataConfig: {}, ResourceConfig: { InstanceType: "ml.g5.xlarge" } } },
      "TrainingJobDefinition.OutputDataConfig.KmsKeyId",
    ],
    ["AutoML", { OutputDataConfig: { KmsKeyId: KEY } }, "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId"],
    ["RegisterModel", { ModelPackageGroupName: "g" }, "SecurityConfig.KmsKeyId"],
    ["EndpointConfig", { ProductionVariants: [{ InstanceType: "ml.m5.large" }] }, "KmsKeyId"],
  ] as const)("is judged by the settings of its call: %s", (type, args, path) => {
    const { verdict, settings } = judged(definitionOf([step(type, args as unknown as JsonObject)]));
    expect(verdict).toBe("non-compliant");
    expect(settings.flatMap((one) => (one.is === "missing" ? [one.path] : []))).toEqual([
      `Steps[One].Arguments.${path}`,
    ]);
  });

  it("is not judged if it stores nothing under a key of SageMaker", () => {
    const types = ["Callback", "Condition", "EMR", "EMRServerless", "Endpoint", "Fail", "Lambda"];
    expect(judged(definitionOf(types.map((type) => step(type, {}))))).toMatchObject({ verdict: "ignored" });
  });

  it("is reported if its type is not known", () => {
    expect(judged(definitionOf([training(KEY), step("Quantum", {}, "Q")]))).toMatchObject({
      verdict: "undetermined",
      reason: { code: "step-type-unknown", step: "Q", type: "Quantum" },
    });
  });

  it("is found inside conditions, on both sides", () => {
    const inner = (Name: string) => ({ ...training(null), Name });
    const condition = step(
      "Condition",
      { IfSteps: [inner("A")], ElseSteps: [step("Condition", { IfSteps: [inner("B")] }, "C2")] },
      "C1",
    );
    const { settings } = judged(definitionOf([condition]));
    expect(settings.flatMap(({ is, path }) => (is === "missing" ? [path] : []))).toEqual([
      "Steps[C1].Arguments.IfSteps[A].Arguments.ResourceConfig.VolumeKmsKeyId",
      "Steps[C1].Arguments.ElseSteps[C2].Arguments.IfSteps[B].Arguments.ResourceConfig.VolumeKmsKeyId",
    ]);
  });
});

describe("an expression in a definition", () => {
  const withDefault = [{ Name: "Key", Type: "String", DefaultValue: KEY }];
  it.each<[what: string, key: Json, parameters: Json[], is: string]>([
    ["a parameter with a default", { Get: "Parameters.Key" }, withDefault, "accepted"],
    ["a parameter without a default", { Get: "Parameters.Key" }, [{ Name: "Key", Type: "String" }], "undetermined"],
    ["a parameter that is not declared", { Get: "Parameters.Key" }, [], "undetermined"],
    ["an empty default", { Get: "Parameters.Key" }, [{ Name: "Key", Type: "String", DefaultValue: "" }], "missing"],
    ["a step's property", { Get: "Steps.Make.Output" }, withDefault, "undetermined"],
    ["a variable of the execution", { Get: "Execution.PipelineName" }, [], "undetermined"],
    ["a join of known values", { "Std:Join": { On: "/", Values: ["alias", "ml"] } }, [], "accepted"],
    [
      "a join with an unknown value",
      { "Std:Join": { On: "/", Values: ["alias", { Get: "Steps.A.B" }] } },
      [],
      "undetermined",
    ],
    ["a function that is not known", { "Std:JsonGet": { Path: "x" } }, [], "undetermined"],
  ])("is judged: %s", (_what, key, parameters, is) => {
    const { settings } = judged(definitionOf([training(key)], parameters));
    expect(settings.find(({ protects }) => protects === "volume")).toMatchObject({ is });
  });

  it("leaves the key undetermined if an instance type or a whole structure depends on it", () => {
    const open = { Get: "Steps.Choose.Type" };
    const type = step("Training", { OutputDataConfig: { KmsKeyId: KEY }, ResourceConfig: { InstanceType: open } });
    const whole = step("Training", { OutputDataConfig: { KmsKeyId: KEY }, ResourceConfig: open });
    for (const one of [type, whole]) {
      const { verdict, settings } = judged(definitionOf([one]));
      expect(verdict).toBe("undetermined");
      expect(settings.find(({ protects }) => protects === "volume")?.reason).toEqual({
        code: "depends-on",
        expression: '{"Get": "Steps.Choose.Type"}',
      });
    }
  });

  it("uses an execution's parameters before the defaults, and steps that were not selected are not judged", () => {
    const parameters = [{ Name: "Key", Type: "String", DefaultValue: "" }];
    const PipelineDefinition = definitionOf(
      [training({ Get: "Parameters.Key" }), { ...training(null), Name: "Two" }],
      parameters,
    );
    const PipelineExecutionArn = "arn:aws:sagemaker:us-east-1:111122223333:pipeline/p/execution/1";
    const request = {
      PipelineName: "p",
      PipelineParameters: [{ Name: "Key", Value: KEY }],
      SelectiveExecutionConfig: { SelectedSteps: [{ StepName: "One" }] },
    };
    const call = callOf("StartPipelineExecution", request, { PipelineExecutionArn });
    const [lookUp] = judge(call, policy, new Map()).lookUps;
    expect(lookUp).toMatchObject({ ask: "describe", operation: "DescribePipelineDefinitionForExecution" });
    const id = "describe 111122223333 us-east-1 DescribePipelineDefinitionForExecution PipelineExecutionArn,";
    const answers = new Map([
      [id + PipelineExecutionArn, { is: "described", output: { PipelineDefinition } } as const],
    ]);
    expect(judge(call, policy, answers)).toMatchObject({ verdict: "compliant" });
  });
});

describe("an invalid definition", () => {
  const nested = (depth: number): Json =>
    depth === 0 ? training(null) : step("Condition", { IfSteps: [nested(depth - 1)] });
  it.each([
    ["not JSON", "Version: 2020-12-01", ["definition-not-json"]],
    ["empty", "", ["needs-describe", "not-in-record"]],
    ["a list", "[]", ["definition-without-steps"]],
    ["without steps", "{}", ["definition-without-steps"]],
    ["steps that are not a list", '{"Steps": 7}', ["definition-without-steps"]],
    ["steps nested very deep", definitionOf([nested(60)]), ["definition-too-large"]],
    [
      "with a thousand steps",
      definitionOf(Array.from({ length: 1000 }, () => training(null))),
      ["definition-too-large"],
    ],
    [
      "a megabyte of brackets",
      `{"Steps":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
      ["step-type-unknown", "definition-without-steps", "definition-too-large"],
    ],
    [
      "a megabyte of nested steps",
      `{"Steps":${'[{"Name":"C","Type":"Condition","Arguments":{"IfSteps":'.repeat(15_000)}[]${"}}]".repeat(15_000)}}`,
      ["definition-too-large"],
    ],
    ["steps that are null", '{"Steps": [null, 1, "x", []]}', ["step-type-unknown"]],
  ])("gives a clear reason and throws nothing: %s", (_what, definition, codes) => {
    const judgement = judged(definition);
    expect(judgement.verdict).toBe("undetermined");
    expect(codes).toContain(judgement.reason?.code);
  });

  it("cannot imitate Keyward's mark for an unresolved value", () => {
    const forged = step("Training", {
      OutputDataConfig: { KmsKeyId: KEY },
      ResourceConfig: { InstanceType: "ml.m5.large", unresolved: "x", "Symbol(unresolved)": "x" },
    });
    expect(judged(definitionOf([forged])).verdict).toBe("non-compliant");
  });
});
