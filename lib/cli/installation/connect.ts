import { account, type Failed, type Stack } from "../../compose/account.ts";
import type { Reason } from "../../core/model/reason.ts";
import { say } from "../../wording/reasons/say.ts";
import { CliError } from "../terminal/cli-error.ts";
import { safe } from "../terminal/terminal.ts";

/** Options of every command that talks to a deployed stack. */
export const STACK = { stack: { type: "string" }, region: { type: "string" } } as const;

/** What a command talks to: the caller is known, and the Region answers. */
export interface Connection {
  readonly region: string;
  readonly account: string;
  /** The ARN of the caller. */
  readonly caller: string;
}

/** However many places the SDK asks for credentials. */
const DEADLINE_MS = 12_000;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Checks credentials and Region before anything else, within seconds. Throws a CliError that says what to do. The Region
 * comes from `--region`, else from AWS_REGION or AWS_DEFAULT_REGION.
 */
export async function connect(named: string | undefined): Promise<Connection> {
  const region = named ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new CliError("no Region: give --region or set AWS_REGION");
  if (!REGION.test(region)) throw new CliError(`${safe(region, 60)} is not a Region, such as eu-west-1`);
  const caller = await withinTime(account.callerOf({ region }));
  if (caller === "late") throw new CliError(`AWS does not answer in ${region}: ${CHECK_REGION}`);
  if (caller.is === "failed") throw new CliError(adviceFor(caller.reason, region));
  return { region, account: caller.account, caller: caller.arn };
}

/** Connects, finds the stack and names both on standard error. Throws a CliError where the stack is not Keyward's. */
export async function connectToStack(values: {
  readonly stack?: string;
  readonly region?: string;
}): Promise<Connection & { readonly stack: Stack }> {
  const { stack: name } = values;
  if (!name) throw new CliError("which installation? Give --stack NAME, the stack's name in CloudFormation");
  const connection = await connect(values.region);
  const stack = await account.stackOf({ region: connection.region }, name);
  const where = `${connection.region} of account ${connection.account}`;
  if (!stack) throw new CliError(`there is no stack ${safe(name, 128)} in ${where}; check --stack and --region`);
  if (stack.is === "failed") throw new CliError(`stack ${safe(name, 128)}: ${say((stack as Failed).reason)}`);
  if (!stack.outputs.LedgerBucket || !stack.outputs.OperatorsTopicArn) {
    throw new CliError(`stack ${safe(name, 128)} in ${where} is not an installation of Keyward`);
  }
  process.stderr.write(`Stack ${stack.name} in ${where}, as ${safe(connection.caller, 300)}\n`);
  return { ...connection, stack };
}

const CHECK_REGION = "check that the Region is spelled right and enabled in the account, and the network";

function adviceFor(reason: Reason, region: string): string {
  const said = say(reason);
  if (!("error" in reason)) return said;
  if (/Provider|Credentials(NotFound)?Error/.test(reason.error)) {
    return `no credentials: ${said}; sign in (aws sso login), or set AWS_PROFILE`;
  }
  if (/ExpiredToken/.test(reason.error)) return `the credentials have expired: sign in again (${said})`;
  if (/InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch/.test(reason.error)) {
    return `AWS refuses the credentials in ${region}: they are wrong, or the Region is not enabled in the account (${said})`;
  }
  return `AWS cannot be reached in ${region} (${said}): ${CHECK_REGION}`;
}

async function withinTime<T>(asked: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((done) => {
    timer = setTimeout(done, DEADLINE_MS, "late");
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
