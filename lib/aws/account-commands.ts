export { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
export { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
