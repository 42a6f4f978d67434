import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type CanaryPorts, canaryPorts } from "../../compose/canary.ts";
import { readControl } from "../../control/change-control.ts";
import { canaryKey } from "../../core/model/canary.ts";
import { say } from "../../wording/reasons/say.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG } from "../input/common-options.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { print } from "../terminal/terminal.ts";
import { makeCall, sendEvent, waitForCall } from "./canary-run.ts";
import { faultOf, openControl } from "./change.ts";
import { STACK } from "./connect.ts";

export const usage = `Usage: keyward canary --stack NAME [--region REGION] [--real] [--wait SECONDS] [--json]

Proves that an installation works: sends one marked event through EventBridge, the
queue, the function, the ledger and the topic, and waits for it. The users get one
mail that says that it is a test. Nothing is judged, tagged or stopped.

  --stack NAME     the name of the installation's CloudFormation stack
  --region REGION  its Region (default: AWS_REGION)
  --real           proves the trail and its rule as well: creates an empty notebook
                   lifecycle configuration, which is free, and deletes it at once
  --wait SECONDS   how long it waits (default: 120, and 1200 for the trail)
  --json           the stations as JSON

Exit codes: 0 it arrived; 1 it did not arrive in time, or its mail was not sent;
2 it could not begin.`;

export const options = {
  ...STACK,
  real: FLAG,
  wait: { type: "string" },
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = {};

const WAIT_SECONDS = 120;
const TRAIL_SECONDS = 1_200;
const MAX_SECONDS = 86_400;
/** The exit code where something did not arrive. */
const NOT_ARRIVED = 1;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const wait = secondsOf(values.wait);
  const id = randomUUID();
  const { ports, stack } = await open(values, id);
  const show = values.json ? () => {} : print;
  // First, so that the trail works while the event is on its way. It is undone before anything is waited for.
  const call = values.real ? await makeCall(id, ports) : undefined;
  const event = await sendEvent(id, ports, { seconds: wait ?? WAIT_SECONDS, stack, show });
  const passed = [event];
  if (call && !event.missed)
    passed.push(await waitForCall(call, id, ports, { seconds: wait ?? TRAIL_SECONDS, stack, show }));
  const missed = passed.flatMap((one) => (one.missed ? [one.missed] : []));
  const arrived = missed.length === 0;
  if (values.json)
    print(JSON.stringify({ id, stack, arrived, stations: passed.flatMap(({ stations }) => stations), missed }));
  else print(arrived ? ARRIVED : missed.map(({ todo }) => todo).join("\n"));
  return arrived ? EXIT.fine : NOT_ARRIVED;
}

const ARRIVED = `Arrived. Look for the mail "Keyward: test mail, nothing to do": where it does not come, a subscription is not confirmed.`;

/** Connects, and refuses an installation that cannot answer. */
async function open(values: { readonly stack?: string; readonly region?: string }, id: string) {
  const { store, connection } = await openControl(values);
  const { parameters, name } = connection.stack;
  if (parameters.CanarySchedule === undefined)
    throw new CliError("this installation is older than the canary: deploy this version of Keyward, and try again");
  const ports = canaryPorts(connection.stack);
  await checkLedger(ports, id);
  const current = await readControl(store);
  if (current.is === "fault") throw faultOf(current);
  if ((current.control?.mode ?? parameters.Mode) === "off")
    throw new CliError(`the installation is switched off and answers nothing: see keyward mode --stack ${name}`);
  return { ports, stack: name };
}

/** The object is not there yet. S3 says so only to a caller that may list. */
async function checkLedger(ports: CanaryPorts, id: string): Promise<void> {
  const read = await ports.read(canaryKey({ is: "event", id }));
  if (read.is !== "unavailable") return;
  const needs = "s3:GetObject and s3:ListBucket of the ledger's bucket, and kms:Decrypt of its key";
  throw new CliError(`you cannot read the ledger (${say(read.reason)}): the canary needs ${needs}`);
}

function secondsOf(wait: string | undefined): number | undefined {
  if (wait === undefined) return undefined;
  const seconds = Number(wait);
  if (/^\d+$/.test(wait) && seconds >= 1 && seconds <= MAX_SECONDS) return seconds;
  throw new CliError(`--wait takes a number of seconds from 1 to ${MAX_SECONDS}`);
}
