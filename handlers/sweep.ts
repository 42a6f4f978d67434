import type { Context } from "aws-lambda";
import { awsPorts } from "../lib/compose/aws-ports.ts";
import { awsCheckpoints, awsLister } from "../lib/compose/aws-sweep.ts";
import { createPace } from "../lib/sweep/pace.ts";
import { type Swept, sweep } from "../lib/sweep/sweep.ts";
import { sweepLine } from "../lib/sweep/sweep-line.ts";
import policy from "../policy.yaml";
import { required } from "./required.ts";

/** What is left of the function's time for the last page and its checkpoint. */
const RESERVE_MS = 60_000;

/**
 * Looks at what exists in the function's account and Region, on a schedule; what one run does not get through the next one
 * goes on with. Environment: `TOPIC_ARN`, `OPERATORS_TOPIC_ARN`, `LEDGER_BUCKET`, as for enforcement.
 */
export async function handler(_event: unknown, context: Pick<Context, "getRemainingTimeInMillis">): Promise<Swept> {
  const topicArn = required("TOPIC_ARN");
  const ledgerBucket = required("LEDGER_BUCKET");
  const [, , , region = "", account = ""] = topicArn.split(":");
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const ports = awsPorts({
    ...{ policy, topicArn, ledgerBucket, log },
    operatorsTopicArn: required("OPERATORS_TOPIC_ARN"),
  });
  const checkpoints = awsCheckpoints({ region }, ledgerBucket, account, ports.now);
  const lister = awsLister({ region });
  const from = await checkpoints.load();
  const swept = await sweep({
    ...{ ports, account, region, ...lister, pace: createPace(ports) },
    ...(from ? { from } : {}),
    found: ({ decision }) => {
      // What was acted on has been recorded; what was only looked at is told here, as far as there is something to tell.
      if (policy.sweep !== "act" && decision.verdict !== "compliant") ports.record(decision);
    },
    save: checkpoints.save,
    goOn: () => context.getRemainingTimeInMillis() > RESERVE_MS,
  });
  if (swept.done) await checkpoints.save(undefined);
  log(sweepLine(swept, ports.now()));
  return swept;
}
