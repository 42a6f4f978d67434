import { createInterface } from "node:readline/promises";
import { foresee } from "../core/foresee.ts";
import { awsPorts } from "../enforce/aws-ports.ts";
import { respond } from "../enforce/respond.ts";
import { CliError } from "./cli-error.ts";
import type { Replay } from "./replay.ts";

/** Replays for real: the SDK's own credential chain, Region by event; says first what it is about to do. */
export async function replayAws(
  { inputs, policy, show }: Replay,
  topicArn: string | undefined,
  yes: boolean,
): Promise<void> {
  if (!topicArn) throw new CliError("--target aws needs a topic: give --topic ARN or set TOPIC_ARN");
  if (!/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/.test(topicArn))
    throw new CliError(`${topicArn} is not a topic's ARN`);
  const foreseen = inputs.map(({ event }) => foresee(event, policy, new Date()).decision);
  const count = (verdict: string) => foreseen.filter((decision) => decision.verdict === verdict).length;
  const summary = `${count("non-compliant")} non-compliant and ${count("undetermined")} not yet told of ${inputs.length} events`;
  if (!yes && !(await confirmed(`${summary}. Tag, notify and stop for real?`))) throw new CliError("nothing was done");
  const ports = awsPorts({ policy, topicArn, log: () => {} });
  for (const input of inputs) show(input, (await respond(input.event, ports)).decision);
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CliError("--target aws asks before it acts; without a terminal give --yes");
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
