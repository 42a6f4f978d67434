import type { HookAnswer } from "../lib/hook/answer.ts";
import { runHook } from "../lib/hook/run-hook.ts";
import policy from "../policy.yaml";

/** CloudWatch Logs takes each line. Not from environment.ts: it would bring the AWS SDK into the bundle. */
const log = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Answers a CloudFormation Lambda Hook: judges a resource, a stack or a change set before it exists, as `keyward check` does.
 * It calls no AWS API. `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` names a stand-in of S3, as it does for the AWS SDK.
 */
export async function handler(event: unknown): Promise<HookAnswer> {
  const payloadOrigin = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return runHook(event, { policy, now: () => new Date(), log, payloadOrigin });
}
