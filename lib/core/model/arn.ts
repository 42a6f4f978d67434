/** The parts of an ARN, in its order. Region and account are empty where the service's ARNs have none. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account, such as `training-job/churn` or `function:etl`. */
  readonly resource: string;
}

/** AWS's own pipelines and hub content have `aws` for an account in their ARN. */
const OF_AWS = /^arn:aws[a-z-]*:sagemaker:[^:]*:aws:/;

export const isOfAws = (arn: unknown): arn is string => typeof arn === "string" && OF_AWS.test(arn);

/**
 * Parses an ARN, `arn:partition:service:region:account:resource` (IAM User Guide, "Amazon Resource Names (ARNs)").
 * `undefined` for any other text. The parts are not checked further: a policy's pattern may hold `*` in them.
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(":", 6);
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined) return undefined;
  if (!rest[0]) return undefined;
  const before = [prefix, partition, service, region, account].join(":");
  return { partition, service, region, account, resource: text.slice(before.length + 1) };
}
