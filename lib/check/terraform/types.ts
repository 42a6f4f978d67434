import { defined } from "../../core/model/defined.ts";
import { type CloudFormationType, cloudFormationType } from "../cloudformation/types.ts";

/** A resource type of Terraform's AWS providers, with the API operation for it. */
export interface TerraformType {
  readonly type: string;
  /** The catalogue's operation that creates the same resource. */
  readonly operation: string;
  /** Attributes whose name is not the API's in Terraform's spelling. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Attributes that are maps: the author has chosen their members' names. */
  readonly maps?: readonly string[];
  /** The attribute whose text has the settings. */
  readonly settingsIn?: readonly string[];
  /** The type of CloudFormation whose properties it has. */
  readonly cloudFormation?: CloudFormationType;
}

/**
 * The types whose operation or attributes do not follow from their names. Source: the pages of the provider
 * `hashicorp/aws` in the Terraform Registry.
 */
const IRREGULAR: readonly TerraformType[] = [
  {
    type: "aws_sagemaker_endpoint_configuration",
    operation: "CreateEndpointConfig",
    renamed: { kms_key_arn: "KmsKeyId" },
  },
  { type: "aws_sagemaker_pipeline", operation: "CreatePipeline", settingsIn: ["pipeline_definition"] },
];

const byType = new Map(IRREGULAR.map((row) => [row.type, row]));

const SAGEMAKER = /^(aws|awscc)_sagemaker_(.+)$/;

/** The row of a type; undefined for a type of another service. Without a row, the operation follows from the name. */
export function terraformType(type: string): TerraformType | undefined {
  const [, provider, name] = SAGEMAKER.exec(type) ?? [];
  if (name === undefined) return undefined;
  return provider === "awscc"
    ? ofCloudControl(type, name)
    : (byType.get(type) ?? { type, operation: operationOf(name) });
}

/** A type of the provider `awscc`, whose attributes are CloudFormation's properties. */
function ofCloudControl(type: string, name: string): TerraformType {
  const cloudFormation = cloudFormationType(`AWS::SageMaker::${memberOf(name)}`);
  const settingsIn = cloudFormation.settingsIn?.split(".").map(attributeNameOf);
  return { type, operation: cloudFormation.operation, cloudFormation, ...defined({ settingsIn }) };
}

const operationOf = (name: string): string => `Create${memberOf(name)}`;

/** The API's name of an attribute: `s3_kms_key_id` is `S3KmsKeyId`. */
export const memberOf = (attribute: string): string =>
  attribute.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());

/** `S3KmsKeyId` is `s3_kms_key_id`. */
export function attributeNameOf(member: string): string {
  const name = member.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
  return memberOf(name) === member ? name : member;
}
