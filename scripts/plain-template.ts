export interface Template {
  readonly Parameters?: Readonly<Record<string, object>>;
  readonly Conditions?: Readonly<Record<string, object>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, object>>;
  readonly [section: string]: unknown;
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form JSON
  readonly Properties?: any;
  readonly [attribute: string]: unknown;
}

export const CODE = {
  CodeBucketPrefix: {
    Type: "String",
    AllowedPattern: "[a-z0-9][a-z0-9.-]{1,46}",
    Description: "The name of the bucket with the code, without its end: a hyphen and the Region",
  },
  CodeKey: { Type: "String", Description: "The key of enforce.zip in that bucket; a new one for each version" },
  SweepCodeKey: { Type: "String", Description: "The key of sweep.zip in that bucket; a new one for each version" },
  DailyCodeKey: { Type: "String", Description: "The key of daily.zip in that bucket; a new one for each version" },
  HookCodeKey: { Type: "String", Description: "The key of hook.zip in that bucket; a new one for each version" },
};

/** The parameter with the key of each function's code, by the start of its handler. */
const KEYS: readonly (readonly [string, keyof typeof CODE])[] = [
  ["dist/enforce/", "CodeKey"],
  ["dist/sweep/", "SweepCodeKey"],
  ["dist/daily/", "DailyCodeKey"],
  ["dist/hook/", "HookCodeKey"],
];

/** Lambda takes code only from a bucket of its own Region, so that each Region of a StackSet needs another name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const CODE_BUCKET = { "Fn::Sub": "${CodeBucketPrefix}-${AWS::Region}" };

const keyOf = ({ Properties }: Resource): keyof typeof CODE | undefined =>
  KEYS.find(([start]) => String(Properties?.Handler).startsWith(start))?.[1];

/** The bucket, and the key of each function that the template has. */
function codeParameters(resources: readonly Resource[]): Readonly<Record<string, object>> {
  const used = new Set(resources.map(keyOf));
  return Object.fromEntries(
    Object.entries(CODE).filter(([name]) => name === "CodeBucketPrefix" || used.has(name as keyof typeof CODE)),
  );
}

/** Removes the parts of a packaged template that only `osls` needs: its bucket, and the bundle's place in it. */
export function plainTemplate({ Parameters, Resources, Outputs = {}, ...rest }: Template): Template {
  const own = <T>(entries: Readonly<Record<string, T>>) =>
    Object.entries(entries).filter(([name]) => !name.startsWith("ServerlessDeploymentBucket"));
  const resources = own(Resources).map(([name, resource]) => {
    if (resource.Type !== "AWS::Lambda::Function") return [name, resource] as const;
    const Code = { S3Bucket: CODE_BUCKET, S3Key: { Ref: keyOf(resource) } };
    return [name, { ...resource, Properties: { ...resource.Properties, Code } }] as const;
  });
  return {
    ...rest,
    Parameters: { ...codeParameters(Object.values(Resources)), ...Parameters },
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(own(Outputs)),
  };
}
