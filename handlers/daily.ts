import { awsDaily } from "../lib/compose/aws-daily.ts";
import { runDaily } from "../lib/daily/run.ts";
import policy from "../policy.yaml";
import { log, stackEnvironment } from "./environment.ts";

/**
 * Sends the mails about yesterday, on a schedule: the digests of notices, and what Keyward would have done in mode
 * `observe`. Throws where something is left, so that Lambda repeats the run. Environment: as for each function. Switched off,
 * it sends nothing.
 */
export async function handler(): Promise<void> {
  const ports = await awsDaily({ ...stackEnvironment(), policy, log });
  if (ports === undefined) return;
  const end = "is" in ports ? ({ is: "unfinished", reason: ports.reason } as const) : await runDaily(ports);
  if (end.is === "unfinished") throw new Error(`the daily mails are not finished: ${end.reason.code}`);
}
