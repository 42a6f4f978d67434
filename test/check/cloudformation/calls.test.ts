// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import { describe, expect, it } from "vitest";
import { sayUnder } from "../../../lib/check/formats/circumstances.ts";
import { ownText } from "../../../lib/text/safe-text.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });

const template = (resources: string): string => `
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Given: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Key: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role}
${resources}`;

/** Every setting as `place path is @line: because`. */
const settingsIn = (content: string): string[] =>
  resourcesIn(content, { policy: POLICY }).flatMap(({ subject, settings }) =>
    settings.map(({ path, is, line, under, reason }) =>
      `${subject.place} ${path} ${is}${sayUnder(under, ownText)} @${line}: ${reason ? say(reason) : ""}`.replace(
        / key is given;.*/,
        "",
      ),
    ),
  );

const task = (key: string) =>
  `{Type: Task, Resource: !Sub "arn:\${AWS::Partition}:states:::aws-sdk:sagemaker:createNotebookInstance", Parameters: {NotebookInstanceName: n, KmsKeyId: ${key}}}`;

const asObject = (key: string, more = "") =>
  template(`  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      ${more}
      Definition:
        StartAt: A
        States:
          A: ${task(key)}`);

describe("a state machine of a template, as an object", () => {
  it.each([
    ["!GetAtt Key.Arn", "", "accepted @17: a customer managed key, created by the same file"],
    ["alias/aws/ebs", "", "rejected @17: an AWS managed key, by its name"],
    ["!Ref Given", "", "undetermined @17: the parameter Given has no default"],
    ["!Ref AWS::NoValue", "", "missing @17: no"],
    ["!If [IsProd, !Ref Key, !Ref AWS::NoValue]", "", "missing when IsProd is false @17: no"],
    [
      "'${K}'",
      "DefinitionSubstitutions: {K: !GetAtt Key.Arn}",
      "accepted @17: a customer managed key, created by the same file",
    ],
    [
      "'${K}'",
      "DefinitionSubstitutions: {K: !If [IsProd, !GetAtt Key.Arn, alias/aws/ebs]}",
      "rejected when IsProd is false @17: an AWS managed key, by its name",
    ],
    ["'${K}'", "DefinitionSubstitutions: {K: !Ref Given}", "undetermined @17: the parameter Given has no default"],
    ["'${K}'", "", "undetermined @17: ${K} is replaced on deployment by another file or tool"],
  ])("%s %s", (key, more, expected) =>
    expect(settingsIn(asObject(key, more))).toEqual([`Resources.Flow.States.A KmsKeyId ${expected}`]),
  );
});

const asText = (key: string) =>
  template(`  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub |
        {
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Task",
              "Resource": "arn:\${AWS::Partition}:states:::aws-sdk:sagemaker:createNotebookInstance",
              "Parameters": {
                "NotebookInstanceName": "n",
                "KmsKeyId": "${key}"
              }
            }
          }
        }`);

describe("a state machine of a template, as text", () => {
  it.each([
    ["${Key.Arn}", "accepted @22: a customer managed key, created by the same file"],
    ["alias/aws/ebs", "rejected @22: an AWS managed key, by its name"],
    ["arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/ml", "accepted @22: the policy allows alias/ml"],
    ["${Given}", "undetermined @22: ${Given} is known once deployed"],
  ])("%s, with the position in the text", (key, expected) =>
    expect(settingsIn(asText(key))).toEqual([`Resources.Flow.States.A KmsKeyId ${expected}`]),
  );

  it("of Fn::ToJsonString", () =>
    expect(
      settingsIn(
        template(`  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString:
        Fn::ToJsonString:
          StartAt: A
          States:
            A: ${task("!If [IsProd, !GetAtt Key.Arn, !Ref Given]")}`),
      ),
    ).toEqual([
      "Resources.Flow.States.A KmsKeyId undetermined when IsProd is false @17: the parameter Given has no default",
    ]));

  it("of Fn::Join, as the AWS CDK writes it", () => {
    const text = JSON.stringify({
      StartAt: "A",
      States: {
        A: {
          Type: "Task",
          Resource: "arn:|P|:states:::aws-sdk:sagemaker:createNotebookInstance",
          Parameters: { NotebookInstanceName: "n", KmsKeyId: "|K|", RoleArn: "|R|" },
        },
      },
    });
    const parts = text.split("|").map((part) => {
      if (part === "P") return { Ref: "AWS::Partition" };
      if (part === "K") return { "Fn::GetAtt": ["Key", "Arn"] };
      return part === "R" ? { "Fn::GetAtt": ["Role", "Arn"] } : part;
    });
    const Flow = {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: { DefinitionString: { "Fn::Join": ["", parts] } },
    };
    const Resources = { Key: { Type: "AWS::KMS::Key" }, Role: { Type: "AWS::IAM::Role" }, Flow };
    expect(settingsIn(JSON.stringify({ Resources }, null, 2))).toEqual([
      expect.stringMatching(/^Resources\.Flow\.States\.A KmsKeyId accepted @\d+: a customer managed key, created/),
    ]);
  });

  it.each(["!ImportValue flow", "!If [IsProd, !ImportValue flow, '{}']"])("%s is not read, and named", (text) => {
    const result = checkText(
      template(`  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: ${text}}`),
    );
    expect(result).toMatchObject({ is: "judged", resources: [], unread: [{ place: "Resources.Flow", line: 10 }] });
  });
});

describe("a schedule of a template", () => {
  it.each([
    [`!Sub '{"KmsKeyId": "\${Key.Arn}"}'`, "accepted @15: a customer managed key, created by the same file"],
    [`!Sub '{"KmsKeyId": "\${Given}"}'`, "undetermined @15: the parameter Given has no default"],
    ["!ImportValue input", "undetermined @15: !ImportValue input is known once deployed"],
    ["'{'", "undetermined @15: the text that holds the call is not JSON"],
    ["'{}'", "missing @15: no"],
  ])("%s", (input, expected) =>
    expect(
      settingsIn(
        template(`  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: !Sub arn:\${AWS::Partition}:scheduler:::aws-sdk:sagemaker:createNotebookInstance
        Input: ${input}`),
      ),
    ).toEqual([`Resources.Nightly KmsKeyId ${expected}`]),
  );
});
