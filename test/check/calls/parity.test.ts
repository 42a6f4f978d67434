import { describe, expect, it } from "vitest";
import { operation as rowOf } from "../../../lib/catalogue/find-operation.ts";
import { cloudFormationTypes } from "../../../lib/check/cloudformation/types.ts";
import { attributeNameOf } from "../../../lib/check/terraform/types.ts";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { isObject } from "../../../lib/core/model/member.ts";
import { resourcesIn } from "../check-text.ts";
import { operationsWithEvents, requestsOf, summaryOf } from "../event-requests.ts";
import { planOf, valuesOf } from "../terraform/plan-of.ts";

const action = (operation: string) => operation.charAt(0).toLowerCase() + operation.slice(1);

/** A state machine with the call in a state `Make`. */
const machine = (operation: string, given: JsonObject, service = "aws-sdk:sagemaker") => ({
  StartAt: "Make",
  States: {
    Make: { Type: "Task", Resource: `arn:aws:states:::${service}:${action(operation)}`, ...given, End: true },
  },
});

const schedule = (operation: string, request: JsonObject) => ({
  Name: "nightly",
  ScheduleExpression: "rate(1 day)",
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: { Arn: `arn:aws:scheduler:::aws-sdk:sagemaker:${action(operation)}`, Input: JSON.stringify(request) },
});

const desired = (TypeName: string, properties: unknown) => ({ TypeName, DesiredState: JSON.stringify(properties) });

/** Each form of a call, as a file that makes the call with the request. */
const FORMS: Readonly<Record<string, (operation: string, request: JsonObject) => JsonObject>> = {
  "a state machine in JSONPath": (operation, Parameters) => machine(operation, { Parameters }) as JsonObject,
  "a state machine in JSONata": (operation, Arguments) => ({
    QueryLanguage: "JSONata",
    ...machine(operation, { Arguments }),
  }),
  "an optimised integration": (operation, Parameters) => machine(operation, { Parameters }, "sagemaker") as JsonObject,
  "a request of CreateStateMachine": (operation, Parameters) => ({
    name: "flow",
    definition: JSON.stringify(machine(operation, { Parameters })),
  }),
  "a request of CreateSchedule": schedule,
  "a state machine by Cloud Control API": (operation, Parameters) =>
    desired("AWS::StepFunctions::StateMachine", {
      DefinitionString: JSON.stringify(machine(operation, { Parameters })),
    }),
  "a SAM state machine by Cloud Control API": (operation, Parameters) =>
    desired("AWS::Serverless::StateMachine", { Definition: machine(operation, { Parameters }) }),
  "a state machine of a template": (operation, Parameters) => ({
    Resources: {
      Flow: {
        Type: "AWS::StepFunctions::StateMachine",
        Properties: { DefinitionString: JSON.stringify(machine(operation, { Parameters })) },
      },
    },
  }),
  "a state machine of a template, as an object": (operation, Parameters) =>
    ({
      Resources: {
        Flow: {
          Type: "AWS::StepFunctions::StateMachine",
          Properties: { Definition: machine(operation, { Parameters }) },
        },
      },
    }) as JsonObject,
  "a schedule of a template": (operation, request) => ({
    Resources: { Nightly: { Type: "AWS::Scheduler::Schedule", Properties: schedule(operation, request) } },
  }),
  "a schedule by Cloud Control API": (operation, request) =>
    desired("AWS::Scheduler::Schedule", schedule(operation, request)),
  "a state machine in a plan": (operation, Parameters) =>
    planOf([
      {
        address: "aws_sfn_state_machine.flow",
        after: { name: "flow", definition: JSON.stringify(machine(operation, { Parameters })) },
      },
    ]),
  "a state machine of awscc": (operation, Parameters) =>
    planOf([
      {
        address: "awscc_stepfunctions_state_machine.flow",
        after: { definition_string: JSON.stringify(machine(operation, { Parameters })) },
      },
    ]),
  "a schedule in a plan": (operation, request) =>
    planOf([
      {
        address: "aws_scheduler_schedule.nightly",
        after: {
          target: [
            {
              arn: `arn:aws:scheduler:::aws-sdk:sagemaker:${action(operation)}`,
              input: JSON.stringify(request),
              retry_policy: [],
            },
          ],
        },
      },
    ]),
};

/** The creations that can hold a key in their request. */
const OPERATIONS = operationsWithEvents.filter(
  (operation) => operation.startsWith("Create") && (rowOf(operation)?.settings.length ?? 0) > 0,
);

describe.each(Object.entries(FORMS))("parity: %s has the findings of the request that it makes", (_, make) => {
  it.each(OPERATIONS)("%s", (operation) => {
    for (const request of requestsOf(operation)) {
      const found = resourcesIn(make(operation, request), { file: "form.json" });
      const [expected] = resourcesIn(request, { file: "request.json", operation });
      expect(found.map(summaryOf)).toEqual([summaryOf(expected)]);
    }
  });
});

const BY_TYPE = cloudFormationTypes.filter(
  ({ type, operation }) => type !== "AWS::SageMaker::Pipeline" && OPERATIONS.includes(operation),
);

describe("parity: a resource of Cloud Control API has the findings of the request", () => {
  it.each(BY_TYPE)("$type", ({ type, operation }) => {
    for (const request of requestsOf(operation)) {
      const [expected] = resourcesIn(request, { file: "request.json", operation });
      const address = `awscc_${type
        .replace(/^AWS::/, "")
        .split("::")
        .map(attributeNameOf)
        .join("_")}.x`.replace("sage_maker", "sagemaker");
      const files = [
        desired(type, request),
        planOf([{ address, after: attributesOf(request) as JsonObject }]),
        planOf([
          {
            address: "aws_cloudcontrolapi_resource.x",
            after: { type_name: type, desired_state: JSON.stringify(request) },
          },
        ]),
      ];
      for (const file of files) {
        expect(resourcesIn(file, { file: "form.json" }).map(summaryOf)).toEqual([summaryOf(expected)]);
      }
    }
  });
});

/** The provider awscc writes a structure as an object. */
function attributesOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(attributesOf);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [attributeNameOf(name), attributesOf(inner)]));
}

describe("parity: a pipeline of awscc has the findings of its definition", () => {
  it.each(requestsOf("CreatePipeline").map((request) => [request.PipelineName, request]))("%s", (_, request) => {
    const { PipelineDefinition: text } = request as JsonObject;
    const [expected] = resourcesIn(request, { file: "request.json", operation: "CreatePipeline" });
    const plan = planOf([
      {
        address: "awscc_sagemaker_pipeline.p",
        after: { pipeline_name: "p", pipeline_definition: { pipeline_definition_body: text ?? null } },
      },
    ]);
    expect(resourcesIn(plan, { file: "plan.json" }).map(summaryOf)).toEqual([summaryOf(expected)]);
  });
});

it("valuesOf is Terraform's form of a structure", () =>
  expect(valuesOf({ A: { B: 1 } }, attributeNameOf)).toEqual({ a: [{ b: 1 }] }));
