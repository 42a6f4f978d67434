import { text } from "../core/model/member.ts";
import { AwsFault, escapeXml, type Service } from "./wire.ts";

/** A stack of the embedded AWS: what DescribeStacks says of it. */
export interface LocalStack {
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources?: readonly LocalStackResource[];
}

export interface LocalStackResource {
  readonly id: string;
  readonly type: string;
  readonly physicalId: string;
}

/** DescribeStacks and ListStackResources of one stack (API Reference, with the error for a stack that is not there). */
export function createCloudFormation(account: string, stacks: ReadonlyMap<string, LocalStack>): Service {
  return ({ operation, region, input }) => {
    if (operation !== "DescribeStacks" && operation !== "ListStackResources")
      throw new AwsFault("InvalidAction", `The action ${operation} is not valid`);
    const name = text(input, "StackName") ?? "";
    const stack = stacks.get(name);
    if (!stack) throw new AwsFault("ValidationError", `Stack with id ${name} does not exist`);
    if (operation === "ListStackResources") return { text: resourceList(stack.resources ?? []) };
    const members = (list: Readonly<Record<string, string>>, key: string) =>
      Object.entries(list)
        .map(
          ([k, v]) =>
            `<member><${key}Key>${escapeXml(k)}</${key}Key><${key}Value>${escapeXml(v)}</${key}Value></member>`,
        )
        .join("");
    const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-4000-8000-000000000000`;
    return {
      text: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>${escapeXml(name)}</StackName><StackId>${escapeXml(id)}</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs>${members(stack.outputs, "Output")}</Outputs><Parameters>${members(stack.parameters, "Parameter")}</Parameters></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    };
  };
}

function resourceList(resources: readonly LocalStackResource[]): string {
  const members = resources.map(
    ({ id, type, physicalId }) =>
      `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${escapeXml(physicalId)}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-01T00:00:00Z</LastUpdatedTimestamp></member>`,
  );
  return `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries>${members.join("")}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;
}

/** GetCallerIdentity. */
export function createSts(account: string): Service {
  return ({ operation }) => {
    if (operation !== "GetCallerIdentity") throw new AwsFault("InvalidAction", `The action ${operation} is not valid`);
    return {
      text: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/operator/me</Arn><UserId>AROAEXAMPLE:me</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    };
  };
}
