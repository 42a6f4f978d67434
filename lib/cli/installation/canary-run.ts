import type { CanaryPorts } from "../../compose/canary.ts";
import { type Canary, canaryName } from "../../core/model/canary.ts";
import { say } from "../../wording/reasons/say.ts";
import { CliError } from "../terminal/cli-error.ts";
import { complain } from "../terminal/terminal.ts";
import { lookAt, type Missed, mailMissed } from "./canary-advice.ts";
import { missedLine, type Station, stationLine, stationsOf } from "./canary-stations.ts";
import { waitFor } from "./canary-wait.ts";

/** The stations that a canary has passed, and the first that it has not. */
export interface Passed {
  readonly stations: readonly Station[];
  readonly missed: Missed | undefined;
}

export interface RunOptions {
  readonly seconds: number;
  /** The stack's name. */
  readonly stack: string;
  readonly show: (line: string) => void;
}

/** Sends the event and waits for it. Throws a CliError where EventBridge does not take it. */
export async function sendEvent(id: string, ports: CanaryPorts, options: RunOptions): Promise<Passed> {
  const sent = await ports.send(id);
  if (sent.is === "failed") throw new CliError(`EventBridge does not take the canary: ${say(sent.reason)}`);
  const first = { station: "event", at: new Date().toISOString(), what: "EventBridge accepted it" };
  options.show(stationLine(first));
  return waitAndShow({ is: "event", id }, first, ports, options);
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes the real call, and undoes it at once. An interruption waits until it is undone. Throws a CliError where the call
 * failed, or was interrupted.
 */
export async function makeCall(id: string, ports: CanaryPorts): Promise<Station> {
  const name = canaryName(id);
  let interrupted = false;
  const hold = () => {
    interrupted = true;
  };
  for (const signal of SIGNALS) process.on(signal, hold);
  const { failed, left } = await ports.call(name);
  for (const signal of SIGNALS) process.removeListener(signal, hold);
  if (left) {
    complain(
      `${name} may still be there (${say(left)}); delete it: aws sagemaker delete-notebook-instance-lifecycle-config --notebook-instance-lifecycle-config-name ${name}`,
    );
  }
  if (failed) throw new CliError(`SageMaker does not take the real call: ${say(failed)}`);
  if (interrupted) throw new CliError(`interrupted; ${left ? "see above" : `${name} is deleted again`}`);
  const what = `SageMaker created ${name}${left ? "" : ", and deleted it again"}`;
  return { station: "call", at: new Date().toISOString(), what };
}

/** Waits for the record of the call that was made. */
export async function waitForCall(call: Station, id: string, ports: CanaryPorts, options: RunOptions): Promise<Passed> {
  options.show(stationLine(call));
  return waitAndShow({ is: "call", id }, call, ports, options);
}

async function waitAndShow(canary: Canary, first: Station, ports: CanaryPorts, options: RunOptions): Promise<Passed> {
  const { seconds, stack, show } = options;
  const waited = await waitFor(canary, ports, seconds);
  const { note, writtenAt } = waited;
  const reached = note && writtenAt ? stationsOf(canary, note, writtenAt) : [];
  for (const station of reached) show(stationLine(station));
  const missed = note ? mailMissed(note, stack) : lookAt(canary, waited, await ports.waiting(), { seconds, stack });
  if (missed) show(missedLine(missed.station, missed.because));
  return { stations: [first, ...reached], missed };
}
