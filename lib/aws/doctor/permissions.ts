import {
  type EvaluationResult,
  IAMClient,
  InvalidInputException,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import type { Denied, RolePermissions } from "../../doctor/facts.ts";
import { inBatches, type Needed, type NeededAction } from "../../doctor/needed.ts";
import { allPages, ask, optionsIn } from "./ask.ts";

/** What a role needs; `arn` of the role. */
export interface RoleNeeds {
  readonly role: string;
  readonly arn: string;
  readonly needs: readonly Needed[];
}

/**
 * What IAM's simulation denies to a role. It counts the role's policies, its permissions boundary and the organization's
 * policies, but not the policies of resources (IAM API Reference, SimulatePrincipalPolicy).
 */
export async function readPermissions(region: string, { role, arn, needs }: RoleNeeds): Promise<RolePermissions> {
  const client = new IAMClient(optionsIn(region));
  const denied = await ask("iam:SimulatePrincipalPolicy", async () => {
    const found: Denied[] = [];
    // One after the other: IAM allows few simulations a second.
    for (const batch of inBatches(needs)) found.push(...(await simulate(client, arn, batch)));
    return found;
  });
  return { role, denied };
}

/** A batch that IAM does not simulate together is halved. */
async function simulate(client: IAMClient, arn: string, batch: readonly NeededAction[]): Promise<Denied[]> {
  try {
    const results = await resultsOf(client, arn, batch);
    return batch.flatMap(({ action, resources }) =>
      resources.flatMap((resource) => deniedOf(results, action, resource)),
    );
  } catch (error) {
    if (!(error instanceof InvalidInputException) || batch.length === 1) throw error;
    const half = Math.ceil(batch.length / 2);
    return [
      ...(await simulate(client, arn, batch.slice(0, half))),
      ...(await simulate(client, arn, batch.slice(half))),
    ];
  }
}

const resultsOf = (client: IAMClient, arn: string, batch: readonly NeededAction[]) =>
  allPages(async (Marker) => {
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: arn,
      ActionNames: batch.map(({ action }) => action),
      ResourceArns: [...new Set(batch.flatMap(({ resources }) => resources))],
      Marker,
    });
    const { EvaluationResults = [], IsTruncated, Marker: next } = await client.send(command);
    return { items: EvaluationResults, next: IsTruncated ? next : undefined };
  });

/** A result is of one resource, or has one result for each resource. */
function deniedOf(results: readonly EvaluationResult[], action: string, resource: string): Denied[] {
  const ofAction = results.filter(({ EvalActionName }) => EvalActionName === action);
  const specific = ofAction
    .flatMap(({ ResourceSpecificResults = [], OrganizationsDecisionDetail }) =>
      ResourceSpecificResults.map((one) => ({ ...one, OrganizationsDecisionDetail })),
    )
    .find(({ EvalResourceName }) => EvalResourceName === resource);
  const whole = ofAction.find(({ EvalResourceName }) => EvalResourceName === resource) ?? ofAction[0];
  const decision = specific?.EvalResourceDecision ?? whole?.EvalDecision;
  if (decision === undefined || decision === "allowed") return [];
  const { PermissionsBoundaryDecisionDetail: boundary, OrganizationsDecisionDetail: organization } =
    specific ?? whole ?? {};
  if (organization?.AllowedByOrganizations === false) return [{ action, resource, by: "organization" }];
  const by = boundary?.AllowedByPermissionsBoundary === false ? "boundary" : "policies";
  return [{ action, resource, by }];
}
