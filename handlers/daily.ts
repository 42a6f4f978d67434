import { awsDaily } from "../lib/compose/aws-daily.ts";
import { modeParameter } from "../lib/compose/mode-parameter.ts";
import { routeTopicsOf } from "../lib/compose/notify.ts";
import { runDaily } from "../lib/daily/run.ts";
import policy from "../policy.yaml";
import { required } from "./required.ts";

/**
 * Sends the mails about yesterday, on a schedule: the digests of notices, and what Keyward would have done in mode
 * `observe`. Throws where something is left, so that Lambda repeats the run. Environment: as for the enforcement function,
 * without the queues. Switched off, it sends nothing.
 */
export async function handler(): Promise<void> {
  const ports = await awsDaily({
    policy,
    mode: modeParameter(),
    topicArn: required("TOPIC_ARN"),
    operatorsTopicArn: required("OPERATORS_TOPIC_ARN"),
    routeTopicArns: routeTopicsOf(),
    ledgerBucket: required("LEDGER_BUCKET"),
    stack: required("KEYWARD_STACK"),
    log: (line) => void process.stdout.write(`${line}\n`),
  });
  if (ports === undefined) return;
  const end = "is" in ports ? ({ is: "unfinished", reason: ports.reason } as const) : await runDaily(ports);
  if (end.is === "unfinished") throw new Error(`the daily mails are not finished: ${end.reason.code}`);
}
