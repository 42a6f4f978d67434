import type { Context } from "aws-lambda";
import { awsPortsInForce } from "../lib/compose/aws-ports.ts";
import { awsCheckpoints, awsLister, awsWatch } from "../lib/compose/aws-sweep.ts";
import { homeOf } from "../lib/compose/home.ts";
import { createPace } from "../lib/sweep/pace.ts";
import { type Swept, sweep } from "../lib/sweep/sweep.ts";
import { sweepLine } from "../lib/sweep/sweep-line.ts";
import policy from "../policy.yaml";
import { log, required, stackEnvironment } from "./environment.ts";

/** The time in milliseconds that is reserved for the last page and its checkpoint. */
const RESERVE_MS = 60_000;

/**
 * Sweeps the function's account and Region, on a schedule. A run that has no time left is continued by the next one.
 * Environment: as for each function, and `KEYWARD_STACK_ID`, the stack's ARN. Switched off, it sweeps nothing.
 */
export async function handler(_event: unknown, context: Pick<Context, "getRemainingTimeInMillis">): Promise<Swept> {
  const environment = stackEnvironment();
  const { topicArn, ledgerBucket, stack } = environment;
  const stackId = required("KEYWARD_STACK_ID");
  const { region, account } = homeOf(topicArn);
  const inForce = awsPortsInForce({ ...environment, policy, log });
  const ports = await inForce();
  if ("reason" in ports) throw new Error(`the mode and the policy in force cannot be read: ${ports.reason.code}`);
  if (ports.policy.mode === "off") return { done: true, looked: 0, missed: 0, unread: [] };
  const watch = await awsWatch({ region }, { ledgerBucket, account, stackId, mode: ports.policy.mode });
  const checkpoints = awsCheckpoints({ region }, ledgerBucket, account, ports.now);
  const lister = awsLister({ region });
  const from = await checkpoints.load();
  const swept = await sweep({
    ports,
    account,
    region,
    page: lister.page,
    taggedWith: lister.taggedWith,
    pace: createPace(ports),
    watch,
    from,
    found: ({ decision }) => {
      // A sweep that acts has already recorded the decision.
      if (ports.policy.sweep !== "act" && decision.verdict !== "compliant") ports.record(decision);
    },
    save: checkpoints.save,
    goOn: () => context.getRemainingTimeInMillis() > RESERVE_MS,
  });
  if (swept.done) await checkpoints.save(undefined);
  log(sweepLine(swept, ports.now(), stack));
  return swept;
}
