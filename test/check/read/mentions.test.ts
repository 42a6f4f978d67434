import { describe, expect, it } from "vitest";
import { mentionsSageMaker } from "../../../lib/check/read/mentions.ts";

describe("a program that creates SageMaker's resources", () => {
  it.each([
    ['resource "aws_sagemaker_notebook_instance" "a" {}'],
    ['resource "awscc_sagemaker_cluster" "a" {}'],
    ['module "studio" {\n  source = "terraform-aws-modules/sagemaker/aws"\n}'],
    ["import sagemaker"],
    ["from sagemaker.estimator import Estimator"],
    ['  "import sagemaker\\n",'],
    ['boto3.client("sagemaker")'],
    ["session.client('sagemaker', region_name=region)"],
    ["sm.create_training_job(**request)  # SageMaker"],
    ["sagemaker.createTrainingJob({})"],
    ['import { SageMakerClient } from "@aws-sdk/client-sagemaker";'],
    ["new CreateNotebookInstanceCommand({}) // sagemaker"],
    ["&sagemaker.CreateTransformJobInput{}"],
    ["import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';"],
    ["from aws_cdk import aws_sagemaker as sm"],
    ["new sagemaker.CfnNotebookInstance(this, 'a', {})"],
    ["aws.sagemaker.NotebookInstance('a')"],
    ["aws sagemaker create-training-job --cli-input-json file://a"],
    ["Resource: arn:aws:states:::sagemaker:createTrainingJob.sync"],
  ])("%s", (text) => expect(mentionsSageMaker(text, "program")).toBe(true));
});

describe("no such program", () => {
  it.each([
    ["import boto3"],
    ["boto3.client('sagemaker-runtime').invoke_endpoint()"],
    ['import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";'],
    ["# the SageMaker team owns it\ncreate_bucket()"],
    ['{"Effect": "Allow", "Action": "sagemaker:CreateTrainingJob"}'],
    ["sm.create_training_job()"],
  ])("%s", (text) => expect(mentionsSageMaker(text, "program")).toBe(false));
});

describe("data that creates SageMaker's resources", () => {
  it.each([
    ["Type: AWS::SageMaker::NotebookInstance"],
    ["apiVersion: sagemaker.services.k8s.aws/v1alpha1"],
    ['"Resource": "arn:aws:states:::aws-sdk:sagemaker:createPresignedDomainUrl"'],
    ["run: aws sagemaker create-model --cli-input-yaml file://a"],
    ['{"resource": {"aws_sagemaker_domain": {}}}'],
    ["type: aws:sagemaker/notebookInstance:NotebookInstance"],
  ])("%s", (text) => expect(mentionsSageMaker(text, "data")).toBe(true));

  it.each([
    ['"dependencies": {"@aws-sdk/client-sagemaker": "3"}'],
    ['"Action": ["sagemaker:CreateTrainingJob"]'],
    ["source: [aws.sagemaker]"],
    ['{\n  "keyward": "baseline",\n  "findings": [{"at": "aws_sagemaker_domain.a"}]}'],
  ])("not %s", (text) => expect(mentionsSageMaker(text, "data")).toBe(false));
});
