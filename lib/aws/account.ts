import { parseArn } from "../core/model/arn.ts";
import type { Reason } from "../core/model/reason.ts";
import { failureOf } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** The caller's account and identity. */
export interface Caller {
  readonly is: "caller";
  readonly account: string;
  readonly arn: string;
}

/** A stack that was deployed. */
export interface Stack {
  readonly is: "stack";
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

export type Failed = { readonly is: "failed"; readonly reason: Reason };

/** One attempt and a short time: a person waits for it, and a mistyped Region has no host that answers. */
const PATIENCE = { maxAttempts: 1 };
const TIMEOUT_MS = 5_000;

const optionsOf = (target: Target) => ({ ...clientOptions({ timeoutMs: TIMEOUT_MS, ...target }), ...PATIENCE });

/** Who calls (STS GetCallerIdentity, which needs no permission). */
export async function callerOf(target: Target): Promise<Caller | Failed> {
  const { GetCallerIdentityCommand, STSClient } = await import("./account-commands.ts");
  try {
    const { Account = "", Arn = "" } = await new STSClient(optionsOf(target)).send(new GetCallerIdentityCommand({}));
    return { is: "caller", account: Account, arn: Arn };
  } catch (error) {
    return { is: "failed", reason: failureOf(error).reason };
  }
}

/** A stack by its name; undefined where there is none. */
export async function stackOf(target: Target, name: string): Promise<Stack | undefined | Failed> {
  const { CloudFormationClient, DescribeStacksCommand } = await import("./account-commands.ts");
  try {
    const client = new CloudFormationClient(optionsOf(target));
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (!stack) return undefined;
    const { account = "", region = target.region } = parseArn(stack.StackId ?? "") ?? {};
    const outputs = Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
    const parameters = Object.fromEntries(
      (stack.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]),
    );
    return { is: "stack", name: stack.StackName ?? name, account, region, outputs, parameters };
  } catch (error) {
    // CloudFormation answers that a stack is not there with this error (DescribeStacks, API Reference).
    if (error instanceof Error && error.name === "ValidationError") return undefined;
    return { is: "failed", reason: failureOf(error).reason };
  }
}
