import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { KEY, policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";
import { type Change, planOf } from "./plan-of.ts";

const OWN = policyOf({ keys: { accept: "customer-managed" } });
const FLOW = "aws_sfn_state_machine.flow";

const machine = (Parameters: object) =>
  JSON.stringify({
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: "arn:aws:states:::aws-sdk:sagemaker:createNotebookInstance", Parameters, End: true },
    },
  });

/** Every setting of a plan as `place attribute is: because`. */
const settingsIn = (plan: JsonObject): string[] =>
  resourcesIn(plan, { file: "plan.json", policy: OWN }).flatMap(({ subject, settings }) =>
    settings.map(({ attribute, is, reason }) => `${subject.place} ${attribute} ${is}: ${reason ? say(reason) : ""}`),
  );

const unreadIn = (plan: JsonObject) => {
  const result = checkText(plan, { file: "plan.json", policy: OWN });
  return result.is === "judged" ? result.unread : result;
};

const KEY_CHANGE: Change = { address: "aws_kms_key.k", after: {}, unknown: { arn: true } };
const expressions = (address: string, attributes: JsonObject) => ({
  resources: [{ address, expressions: attributes }],
});
const references = (...of: string[]): JsonObject => ({ references: of });

describe("a state machine of a plan", () => {
  it("has its calls judged, with the address and the attribute", () =>
    expect(
      settingsIn(planOf([{ address: `module.ml.${FLOW}`, after: { definition: machine({ "KmsKeyId.$": "$.k" }) } }])),
    ).toEqual([
      `module.ml.${FLOW}.States.A definition.States.A.Parameters.KmsKeyId.$ undetermined: $.k is known when the state machine runs`,
    ]));

  it("names a key that the plan knows", () => {
    const changes: Change[] = [
      { address: "aws_kms_key.k", after: { arn: KEY, key_id: "1" }, actions: ["no-op"] },
      { address: FLOW, after: { definition: machine({ KmsKeyId: KEY }) } },
    ];
    expect(settingsIn(planOf(changes))).toEqual([
      `${FLOW}.States.A definition.States.A.Parameters.KmsKeyId accepted: a customer managed key, created by the same file`,
    ]);
  });

  it.each([
    [references("aws_kms_key.k.arn", "aws_kms_key.k")],
    [references("aws_kms_key.k.arn", "aws_kms_key.k", "aws_iam_role.r.arn", "aws_iam_role.r")],
    [{}],
  ])("is not read if its definition is known after the apply: %j", (definition) => {
    const plan = planOf(
      [KEY_CHANGE, { address: FLOW, after: { name: "flow" }, unknown: { definition: true } }],
      expressions(FLOW, { definition }),
    );
    expect(settingsIn(plan)).toEqual([]);
    expect(unreadIn(plan)).toEqual([{ place: FLOW, line: expect.any(Number), column: expect.any(Number) }]);
  });

  it("without a call has no finding, and is read", () => {
    const plan = planOf([{ address: FLOW, after: { definition: '{"StartAt": "A", "States": {}}' } }]);
    expect(settingsIn(plan)).toEqual([]);
    expect(unreadIn(plan)).toEqual([]);
  });

  it("of awscc has substitutions, of which one is a key of the plan", () => {
    const address = "awscc_stepfunctions_state_machine.flow";
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a definition's own placeholder
    const definition_string = machine({ KmsKeyId: "${the_key}" });
    const after = { definition_string, definition_substitutions: { other: "x" } };
    const plan = planOf(
      [KEY_CHANGE, { address, after, unknown: { definition_substitutions: { the_key: true } } }],
      expressions(address, { definition_substitutions: references("aws_kms_key.k.arn", "aws_kms_key.k") }),
    );
    expect(settingsIn(plan)).toEqual([
      `${address}.States.A definition_string.States.A.Parameters.KmsKeyId accepted: a customer managed key, created by the same file`,
    ]);
  });
});

describe("a schedule of a plan", () => {
  const address = "aws_scheduler_schedule.nightly";
  const arn = "arn:aws:scheduler:::aws-sdk:sagemaker:createNotebookInstance";

  it("has its call judged", () =>
    expect(
      settingsIn(planOf([{ address, after: { target: [{ arn, input: '{"KmsKeyId": "alias/aws/ebs"}' }] } }])),
    ).toEqual([`${address} target.input.KmsKeyId rejected: an AWS managed key, by its name`]));

  it.each([
    [references("aws_kms_key.k.arn", "aws_kms_key.k"), "aws_kms_key.k.arn"],
    [references("local.input"), "local.input"],
  ])("is undetermined if its input is known after the apply", (input, named) => {
    const plan = planOf(
      [KEY_CHANGE, { address, after: { target: [{ arn }] }, unknown: { target: [{ input: true }] } }],
      expressions(address, { target: [{ arn: {}, input }] }),
    );
    expect(settingsIn(plan)).toEqual([
      `${address} target.input.KmsKeyId undetermined: ${named} is known after the apply`,
    ]);
  });

  it("of another service has no finding", () =>
    expect(settingsIn(planOf([{ address, after: { target: [{ arn: "arn:aws:sqs:::q", input: "{}" }] } }]))).toEqual(
      [],
    ));
});

describe("a resource of Cloud Control API in a plan", () => {
  const address = "aws_cloudcontrolapi_resource.n";

  it("is undetermined if its desired state is known after the apply", () => {
    const plan = planOf(
      [
        {
          address,
          after: { type_name: "AWS::SageMaker::NotebookInstance" },
          unknown: { desired_state: true, properties: true },
        },
      ],
      expressions(address, { desired_state: references("aws_iam_role.r.arn", "aws_iam_role.r") }),
    );
    expect(settingsIn(plan)).toEqual([
      `${address} desired_state.KmsKeyId undetermined: aws_iam_role.r.arn is known after the apply`,
    ]);
  });

  it("is not read if it is a state machine that is not known", () => {
    const after = { type_name: "AWS::StepFunctions::StateMachine" };
    const plan = planOf(
      [{ address, after, unknown: { desired_state: true } }],
      expressions(address, { desired_state: {} }),
    );
    expect(unreadIn(plan)).toMatchObject([{ place: address }]);
  });
});
