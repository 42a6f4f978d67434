import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import { matchesPattern } from "../core/model/wildcard.ts";
import { AwsFault, escapeXml, type Service } from "./wire.ts";

/** A role: the documents of its policies, and that of its permissions boundary. */
export interface LocalRole {
  readonly policies: readonly JsonObject[];
  readonly boundary?: JsonObject;
}

type Decision = "allowed" | "explicitDeny" | "implicitDeny";

/**
 * SimulatePrincipalPolicy: each action on each resource, without conditions (API Reference). Like IAM it refuses some actions
 * together.
 */
export function createIam(roles: ReadonlyMap<string, LocalRole>): Service {
  return ({ operation, input }) => {
    if (operation !== "SimulatePrincipalPolicy") throw new AwsFault("InvalidAction", `${operation} is not valid`);
    const arn = text(input, "PolicySourceArn") ?? "";
    const role = roles.get(arn);
    if (!role) throw new AwsFault("NoSuchEntity", `The role ${arn} cannot be found.`, 404);
    const resources = membersOf(input, "ResourceArns");
    const actions = membersOf(input, "ActionNames");
    if (actions.includes("s3:ListBucket") && actions.includes("s3:PutObject")) {
      const message =
        "Invalid Input Actions: [s3:ListBucket] and [s3:PutObject] require different authorization information.";
      throw new AwsFault("InvalidInput", message);
    }
    const results = actions.map((action) => resultOf(role, action, resources));
    return {
      text: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
    };
  };
}

/** An action's result has one result for each resource; the whole is as its worst. */
function resultOf({ policies, boundary }: LocalRole, action: string, resources: readonly string[]): string {
  const specific = resources.map((resource) => {
    const own = decide(policies, action, resource);
    const inBoundary = boundary === undefined ? "allowed" : decide([boundary], action, resource);
    const decision = own !== "allowed" ? own : inBoundary;
    const detail =
      boundary === undefined
        ? ""
        : `<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>${inBoundary === "allowed"}</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>`;
    return {
      decision,
      xml: `<member><EvalResourceName>${escapeXml(resource)}</EvalResourceName><EvalResourceDecision>${decision}</EvalResourceDecision>${detail}</member>`,
    };
  });
  const whole = specific.find(({ decision }) => decision !== "allowed")?.decision ?? "allowed";
  return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${whole}</EvalDecision><ResourceSpecificResults>${specific.map(({ xml }) => xml).join("")}</ResourceSpecificResults></member>`;
}

function decide(policies: readonly JsonObject[], action: string, resource: string): Decision {
  const statements = policies.flatMap(({ Statement }) => listOf(Statement).filter(isObject));
  const effects = statements
    .filter(({ Action, Resource }) => matches(Action, action) && matches(Resource, resource))
    .map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "explicitDeny";
  return effects.includes("Allow") ? "allowed" : "implicitDeny";
}

const matches = (patterns: Json | undefined, value: string): boolean =>
  listOf(patterns).some((one) => typeof one === "string" && matchesPattern(one, value));

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json];

/** The members of a list in the query protocol: `Name.member.1`, … */
const membersOf = (input: JsonObject, name: string): string[] =>
  Object.entries(input).flatMap(([key, value]) => (key.startsWith(`${name}.member.`) ? [String(value)] : []));
