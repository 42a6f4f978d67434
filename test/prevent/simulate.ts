import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import { ARN_PREFIX } from "../../lib/catalogue/prevention/resources.ts";
import type { Context } from "../../lib/prevent/context.ts";
import type { Request } from "../../lib/prevent/evaluate.ts";

const ALLOW = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const LISTS = ["sagemaker:InstanceTypes", "kms:ResourceAliases"];

/** A KMS key is used only where its own policy allows it too. */
const KEY_POLICY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }],
};

/** Where the documents are attached. */
export type As = "scp" | "iam" | "rcp";

/** The known condition keys of a call; a value that is not known is replaced by `instead`, if that is given. */
function variablesOf(context: Context, instead: string | undefined): Record<string, string | string[]> {
  const pairs = [...context].flatMap(([key, value]): [string, string | string[]][] => {
    if (value.is === "not-known") return instead === undefined ? [] : [[key, instead]];
    if (value.values.length === 0) return [];
    return [[key, LISTS.includes(key) ? [...value.values] : (value.values[0] ?? "")]];
  });
  return Object.fromEntries(pairs);
}

/** The ARN of some resource of the kind that the action creates or changes. */
function someResource(action: string): string {
  const kind: string = judgedOperations.find(({ operation }) => `sagemaker:${operation}` === action)?.kind ?? "";
  return `arn:aws:sagemaker:us-east-1:111122223333:${ARN_PREFIX[kind]?.replace("*", "d-1") ?? kind}/some`;
}

/** Asks somebody else's simulator of IAM whether the documents deny a call that is allowed otherwise. */
export async function isDenied(
  documents: readonly string[],
  { action, resource = someResource(action), context }: Request,
  { as = "scp", instead }: { readonly as?: As; readonly instead?: string } = {},
): Promise<boolean> {
  const policies = documents.map((text, i) => ({ name: `document-${i}`, policy: JSON.parse(text) as object }));
  const attached = (kind: As) => (as === kind ? policies : []);
  const contextVariables = variablesOf(context, instead);
  const result = await runSimulation(
    {
      request: {
        principal: String(contextVariables["aws:PrincipalArn"] ?? "arn:aws:iam::111122223333:role/unknown"),
        action,
        resource: { resource, accountId: "111122223333" },
        contextVariables,
      },
      identityPolicies: [{ name: "allow", policy: ALLOW }, ...attached("iam")],
      serviceControlPolicies: [
        { orgIdentifier: "o-example", policies: [{ name: "allow", policy: ALLOW }, ...attached("scp")] },
      ],
      resourceControlPolicies: [{ orgIdentifier: "o-example", policies: attached("rcp") }],
      ...(action.startsWith("kms:") && { resourcePolicy: KEY_POLICY }),
    } satisfies Simulation,
    {},
  );
  if (result.resultType !== "single") throw new Error(`the simulator did not run: ${JSON.stringify(result)}`);
  const { ignoredContextKeys = [] } = result.result;
  if (ignoredContextKeys.length > 0) throw new Error(`${action} does not have ${ignoredContextKeys.join(", ")}`);
  return result.overallResult !== "Allowed";
}
