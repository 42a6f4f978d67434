import { awsPorts } from "../../compose/aws-ports.ts";
import { routeTopicsOf } from "../../compose/notify.ts";
import { defined } from "../../core/model/defined.ts";
import type { Decision } from "../../core/model/types.ts";
import { dryRun } from "../../core/plan/dry-run.ts";
import { respond } from "../../enforce/respond.ts";
import { confirm } from "../input/confirm.ts";
import { connectForEvents } from "../installation/connect-for-events.ts";
import { nameOf, outcomeInWords, planInWords } from "../show/decision.ts";
import { CliError } from "../terminal/cli-error.ts";
import { count, fold } from "../terminal/layout.ts";
import { complain, safe } from "../terminal/terminal.ts";
import type { Replay } from "./replay-job.ts";

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/;

/**
 * Replays on AWS, with the SDK's credential chain and AWS_ENDPOINT_URL, each event in its own Region. Announces the
 * actions and asks first. Returns the number of actions that AWS refused.
 */
export async function replayAws(replay: Replay, topicArn: string | undefined, yes: boolean): Promise<number> {
  const { inputs, policy, view } = replay;
  if (!topicArn) throw new CliError("--target aws needs a topic: give --topic ARN or set TOPIC_ARN");
  if (!TOPIC.test(topicArn)) throw new CliError(`${topicArn} is not the ARN of a topic; give --topic ARN`);
  await connectForEvents(inputs);
  if (!yes) await confirmActs(replay, topicArn);
  // With the stack's bucket, the replay uses the stack's ledger and limit. Without it, both end with the replay.
  const ledger = defined({ ledgerBucket: process.env.LEDGER_BUCKET || undefined });
  const ports = awsPorts({ policy, topicArn, routeTopicArns: routeTopicsOf(), ...ledger, log: () => {} });
  const decisions: Decision[] = [];
  for (const input of inputs) {
    const { decision } = await respond(input.event, ports, {
      receives: 1,
      sentAt: new Date(),
      isRedriven: false,
      isLast: false,
    });
    decisions.push(decision);
    view.event(input, decision);
  }
  return reportUnfinished(decisions);
}

async function confirmActs({ inputs, policy }: Replay, topicArn: string): Promise<void> {
  const decisions = inputs.map(({ event }) => dryRun(event, policy, new Date()).decision);
  await confirm(`${announce(decisions, topicArn)}\nAct on AWS now?`, "--target aws asks before it acts");
}

function announce(decisions: readonly Decision[], topicArn: string): string {
  const acting = decisions.filter(({ actions }) => actions.length > 0);
  const undetermined = acting.filter(({ verdict }) => verdict === "undetermined").length;
  const lines = acting.map(({ resource, account, region, verdict, actions }) => {
    const where = `${safe(account, 20)} ${safe(region, 30)}`;
    return fold(`${resource ? nameOf(resource) : "-"} (${where}), ${verdict}: ${planInWords(actions)}`, 2, 4);
  });
  return [
    `Of ${count(decisions.length, "event")}, ${acting.length} would be acted on; mails go to ${topicArn}:`,
    ...lines,
    ...(undetermined > 0
      ? [
          `${undetermined} of them are undetermined without look-ups. AWS is asked first, and their verdicts may change.`,
        ]
      : []),
  ].join("\n");
}

/**
 * Reports each event that is not finished. A deferred action can be done later and is no fault; a refused action is
 * one.
 */
function reportUnfinished(decisions: readonly Decision[]): number {
  let refused = 0;
  for (const { resource, actions } of decisions) {
    const open = actions.filter(({ outcome }) => ["deferred", "denied", "failed"].includes(outcome));
    const faults = open.filter(({ outcome }) => outcome !== "deferred").length;
    if (open.length === 0) continue;
    refused += faults;
    const advice =
      faults > 0 ? "remove the cause and replay the event again" : "replay the event again in a few minutes";
    complain(`${resource ? nameOf(resource) : "an event"}: ${open.map(outcomeInWords).join(", ")}; ${advice}`);
  }
  return refused;
}
