import type { JsonObject } from "../../lib/core/model/json.ts";
import type { Random } from "../long/random.ts";
import { type EventHead, hex, recordOf } from "./corpus-sagemaker.ts";

type Maker = (random: Random, head: EventHead) => readonly [service: string, name: string, rest: JsonObject];

const read = (requestParameters: JsonObject | null): JsonObject => ({
  requestParameters,
  responseElements: null,
  readOnly: true,
});

/**
 * The usual records of an organisation's trail. A role's trust policy names SageMaker in a record of another service.
 */
const MAKERS: readonly Maker[] = [
  (random, head) => [
    "sts",
    "AssumeRole",
    {
      requestParameters: {
        roleArn: `arn:aws:iam::${head.account}:role/lambda-etl`,
        roleSessionName: `session-${hex(random, 12)}`,
        durationSeconds: 3600,
      },
      responseElements: {
        credentials: {
          accessKeyId: `ASIA${hex(random, 16).toUpperCase()}`,
          sessionToken: hex(random, 320),
          expiration: head.eventTime,
        },
        assumedRoleUser: {
          assumedRoleId: `AROA${hex(random, 17).toUpperCase()}:etl`,
          arn: `arn:aws:sts::${head.account}:assumed-role/lambda-etl/etl`,
        },
      },
      readOnly: true,
      resources: [
        { accountId: head.account, type: "AWS::IAM::Role", ARN: `arn:aws:iam::${head.account}:role/lambda-etl` },
      ],
    },
  ],
  (random) => [
    "ec2",
    "DescribeInstances",
    read({ instancesSet: { items: [{ instanceId: `i-${hex(random, 17)}` }] }, filterSet: {} }),
  ],
  (random) => [
    "ec2",
    "DescribeNetworkInterfaces",
    read({ networkInterfaceIdSet: { items: [{ networkInterfaceId: `eni-${hex(random, 17)}` }] } }),
  ],
  (random, head) => [
    "kms",
    "Decrypt",
    {
      requestParameters: {
        encryptionContext: { "aws:lambda:FunctionArn": `arn:aws:lambda:${head.region}:${head.account}:function:etl` },
        encryptionAlgorithm: "SYMMETRIC_DEFAULT",
        keyId: `arn:aws:kms:${head.region}:${head.account}:key/${hex(random, 8)}-12ab-34cd-56ef-${hex(random, 12)}`,
      },
      responseElements: null,
      readOnly: true,
    },
  ],
  (random) => [
    "logs",
    "CreateLogStream",
    {
      requestParameters: { logGroupName: "/aws/lambda/etl", logStreamName: `2026/07/01/[$LATEST]${hex(random, 32)}` },
      responseElements: null,
    },
  ],
  (random) => ["s3", "GetBucketAcl", read({ bucketName: `data-${hex(random, 6)}`, Host: "s3.amazonaws.com", acl: "" })],
  (random) => [
    "ssm",
    "UpdateInstanceInformation",
    {
      requestParameters: {
        instanceId: `i-${hex(random, 17)}`,
        agentVersion: "3.3.2299.0",
        agentStatus: "Active",
        platformType: "Linux",
      },
      responseElements: null,
    },
  ],
  (random, head) => [
    "eks",
    "ListNodegroups",
    read({ name: `cluster-${hex(random, 4)}`, tags: { owner: "platform", account: head.account } }),
  ],
  (random, head) => [
    "ecs",
    "RegisterTaskDefinition",
    {
      requestParameters: {
        family: `api-${hex(random, 4)}`,
        containerDefinitions: Array.from({ length: 4 }, (_, i) => ({
          name: `c${i}`,
          image: `${head.account}.dkr.ecr.${head.region}.amazonaws.com/api:${hex(random, 8)}`,
          essential: true,
          portMappings: [{ containerPort: 8080 + i, protocol: "tcp" }],
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/ecs/api", "awslogs-region": head.region },
          },
        })),
      },
      responseElements: {
        taskDefinition: { status: "ACTIVE", revision: random.below(900), compatibilities: ["EC2", "FARGATE"] },
      },
    },
  ],
];

const NAMING_SAGEMAKER: Maker = (random) => [
  "iam",
  "CreateRole",
  {
    requestParameters: {
      roleName: `execution-${hex(random, 6)}`,
      assumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    },
    responseElements: null,
  },
];

/** A record of another service; one in five hundred names SageMaker in its parameters. */
export function otherRecord(random: Random, head: EventHead): JsonObject {
  const make = random.below(500) === 0 ? NAMING_SAGEMAKER : random.pick(MAKERS);
  const [service, name, rest] = make(random, head);
  return recordOf(head, `${service}.amazonaws.com`, name, rest);
}
