import { actionPermissions } from "../actions/table.ts";
import { kinds } from "../catalogue/kinds.ts";
import { listings } from "../catalogue/listings.ts";
import { describesOf, type Permission, permissionOn, stepsPermission } from "../catalogue/permissions.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import type { Place } from "./facts.ts";

/** Actions that a role needs, each on each of the resources. */
export interface Needed {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The ARNs of the stack's own resources. */
export interface Own {
  readonly place: Place;
  readonly queue: string;
  readonly deadLetters: string;
  readonly topics: readonly string[];
  readonly bucket: string;
  readonly key: string;
  readonly logGroup: string;
  readonly inVpc: boolean;
}

/** A resource that need not exist: a simulation only compares its name. */
const ANY_NAME = "keyward-doctor";

/** The permissions of the enforcement function's role. A test compares them with the template's. */
export const enforceNeeds = (own: Own): readonly Needed[] => [
  {
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
    resources: [own.queue],
  },
  { actions: ["sqs:SendMessage"], resources: [own.deadLetters] },
  onSageMaker(stepsPermission(), own),
  ...common(own),
];

/** The permissions of the sweep's role. */
export const sweepNeeds = (own: Own): readonly Needed[] => [
  { actions: [...new Set(listings.map(({ list }) => `sagemaker:${list}`))].sort(), resources: ["*"] },
  onSageMaker({ actions: ["sagemaker:ListTags"], resources: ["training-job/*"] }, own),
  ...common(own),
];

/** The permissions of the role of the daily mails. */
export const dailyNeeds = (own: Own): readonly Needed[] => state(own);

/** What the functions that judge have in common. */
const common = (own: Own): readonly Needed[] => [
  ...perKind().map((permission) => onSageMaker(permission, own)),
  { actions: ["s3:GetEncryptionConfiguration"], resources: [`arn:${own.place.partition}:s3:::${own.bucket}`] },
  { actions: ["kms:DescribeKey", "kms:GetKeyRotationStatus"], resources: [own.key] },
  { actions: ["kms:ListAliases"], resources: ["*"] },
  ...state(own),
];

/** Every function keeps its state in the ledger, and sends mails. */
const state = ({ bucket, key, topics, logGroup, place, inVpc }: Own): readonly Needed[] => {
  const bucketArn = `arn:${place.partition}:s3:::${bucket}`;
  return [
    { actions: ["sns:Publish"], resources: topics },
    { actions: ["s3:GetObject", "s3:PutObject"], resources: [`${bucketArn}/${ANY_NAME}`] },
    { actions: ["s3:ListBucket"], resources: [bucketArn] },
    { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key] },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup}:log-stream:${ANY_NAME}`] },
    ...(inVpc ? [{ actions: VPC, resources: ["*"] }] : []),
  ];
};

const VPC = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** What is done with each kind, on a resource of that kind only. */
function perKind(): readonly Permission[] {
  const wanted = [describesOf, ...actionPermissions().flatMap((one) => (one.on === "kinds" ? [one.operations] : []))];
  return (kinds as readonly Kind[]).flatMap(({ kind }) => {
    const permission = permissionOn((row) =>
      row.kind === kind ? wanted.flatMap((operationsOf) => operationsOf(row)) : [],
    );
    return permission.actions.length > 0 ? [permission] : [];
  });
}

const onSageMaker = ({ actions, resources }: Permission, { place }: Own): Needed => ({
  actions,
  resources: resources.map(
    (resource) =>
      `arn:${place.partition}:sagemaker:${place.region}:${place.account}:${resource.replaceAll("*", ANY_NAME)}`,
  ),
});

/** One action, and the resources that it is needed on. */
export interface NeededAction {
  readonly action: string;
  readonly resources: readonly string[];
}

/** A simulation's answer has every action on every resource of its batch, of which only an action's own are read. */
const MOST_ACTIONS = 20;

/**
 * The needs in few batches. IAM does not simulate actions together that "require different authorization information"
 * (error InvalidInput), and does not document which those are. Actions of one service and verb are mostly alike.
 */
export function inBatches(needs: readonly Needed[]): readonly (readonly NeededAction[])[] {
  const resourcesOf = new Map<string, Set<string>>();
  for (const { actions, resources } of needs) {
    for (const action of actions) resourcesOf.set(action, new Set([...(resourcesOf.get(action) ?? []), ...resources]));
  }
  const groups = new Map<string, NeededAction[]>();
  for (const [action, resources] of resourcesOf) {
    const group = /^sagemaker:[A-Z][a-z]+|^\w+/.exec(action)?.[0] ?? action;
    groups.set(group, [...(groups.get(group) ?? []), { action, resources: [...resources] }]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_ACTIONS) }, (_, i) =>
      group.slice(i * MOST_ACTIONS, (i + 1) * MOST_ACTIONS),
    ),
  );
}
