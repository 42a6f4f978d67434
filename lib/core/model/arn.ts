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
 * Returns `undefined` for any other text. Does not check the parts further: a policy's pattern may have `*` in them.
 */
export function parseArn(text: string): Arn | undefined {
  if (!isArn(text)) return undefined;
  const partition = text.indexOf(":", 4);
  const service = text.indexOf(":", partition + 1);
  const region = text.indexOf(":", service + 1);
  const account = text.indexOf(":", region + 1);
  // `indexOf` returns -1 after the last colon, and the next search starts again at 0.
  if (partition <= 4 || service <= partition + 1 || region < service || account < region) return undefined;
  const resource = text.slice(account + 1);
  if (resource === "" || resource.startsWith(":")) return undefined;
  return {
    partition: text.slice(4, partition),
    service: text.slice(partition + 1, service),
    region: text.slice(service + 1, region),
    account: text.slice(region + 1, account),
    resource,
  };
}

/** True for a text that begins like an ARN. Every event needs this answer, so no part is read. */
export const isArn = (text: string): boolean => text.startsWith("arn:");

/** The name of a resource from its ARN: everything after the first slash. Without a slash, the whole text. */
export const nameInArn = (arn: string): string => arn.slice(arn.indexOf("/") + 1);
