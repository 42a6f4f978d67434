/** A resource type of Terraform's AWS providers, with the API operation for it. */
export interface TerraformType {
  readonly type: string;
  /** The catalogue's operation that creates the same resource. */
  readonly operation: string;
  /** Attributes whose name is not the API's in Terraform's spelling. */
  readonly renamed?: Readonly<Record<string, string>>;
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
];

const byType = new Map(IRREGULAR.map((row) => [row.type, row]));

/** `aws`, and `awscc`, which has the properties of CloudFormation. */
const SAGEMAKER = /^(?:aws|awscc)_sagemaker_(.+)$/;

/** The row of a type; undefined for a type of another service. Without a row, the operation follows from the name. */
export function terraformType(type: string): TerraformType | undefined {
  const name = SAGEMAKER.exec(type)?.[1];
  if (name === undefined) return undefined;
  return byType.get(type) ?? { type, operation: `Create${memberOf(name)}` };
}

/** The API's name of an attribute: `s3_kms_key_id` is `S3KmsKeyId`. */
export const memberOf = (attribute: string): string =>
  attribute.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
