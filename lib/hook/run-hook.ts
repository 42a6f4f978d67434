import type { CheckOptions } from "../check/check-file.ts";
import { defined } from "../core/model/defined.ts";
import type { Policy } from "../policy/schema.ts";
import { safeText } from "../text/safe-text.ts";
import { answerOf, type HookAnswer } from "./answer.ts";
import { judgeDocument, withResources } from "./document.ts";
import { type FetchLimits, fetchPayload } from "./fetch-payload.ts";
import { judgeChangeSet } from "./judge-change-set.ts";
import { judgeStack } from "./judge-stack.ts";
import { faultOf, type HookResult, judgementOf } from "./judgement.ts";
import { policyAt } from "./policy-at.ts";
import { type HookEvent, type HookTarget, readEvent } from "./read-event.ts";

export interface HookPorts {
  readonly policy: Policy;
  readonly now: () => Date;
  /** Writes one line to the log. */
  readonly log: (line: string) => void;
  /** For a stand-in of S3; see `FetchLimits`. */
  readonly payloadOrigin?: string | undefined;
  /** How long to wait for the template. The default leaves time to judge it within CloudFormation's 30 seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The entry of this module: answers one call of a CloudFormation Lambda Hook, and writes one line to the log. Never throws for
 * an input, whatever it is: an operation that cannot be judged is answered `FAILED` with a clear message.
 */
export async function runHook(input: unknown, ports: HookPorts): Promise<HookAnswer> {
  const event = readEvent(input);
  const result = await judged(event, ports);
  const answer = answerOf(result, event);
  ports.log(logLine(event, result, answer));
  return answer;
}

async function judged({ target, place }: HookEvent, ports: HookPorts): Promise<HookResult> {
  if (target.is === "fault") return target;
  const policy = policyAt(ports.policy, place);
  try {
    return await judgeTarget(
      target,
      { policy, operation: undefined, unchanged: false, parameters: [], time: ports.now() },
      ports,
    );
  } catch (error) {
    // Deep nesting overflows the stack. Any other error is a bug.
    if (!(error instanceof RangeError)) throw error;
    return faultOf(safeText`the input is nested too deep`);
  }
}

async function judgeTarget(target: HookTarget, options: CheckOptions, ports: HookPorts): Promise<HookResult> {
  switch (target.is) {
    case "deletion":
      return target;
    case "resource": {
      const { type, logicalId, properties } = target;
      const resource = { Type: type, Properties: properties };
      const judged = judgeDocument(withResources({}, Object.fromEntries([[logicalId, resource]])), options);
      return judged.is === "fault" ? judged : judgementOf(judged.resources);
    }
    case "stack":
    case "change-set": {
      const fetched = await fetchPayload(target.url, limitsOf(ports));
      if (fetched.is === "fault") return fetched;
      const judge = target.is === "stack" ? judgeStack : judgeChangeSet;
      return judge(fetched.payload, options);
    }
    default:
      return target satisfies never;
  }
}

const limitsOf = ({ payloadOrigin, timeoutMs = TIMEOUT_MS }: HookPorts): FetchLimits => ({
  timeoutMs,
  maxBytes: MAX_BYTES,
  origin: payloadOrigin,
});

/** What was judged and answered, without a property of a resource and without the presigned URL. */
function logLine({ target, place }: HookEvent, result: HookResult, answer: HookAnswer): string {
  const resources = result.is === "judged" ? result.resources : [];
  return JSON.stringify({
    hook: target.is,
    ...place,
    status: answer.hookStatus,
    ...defined({ errorCode: answer.errorCode }),
    message: answer.message,
    resources: resources.map(({ subject, verdict }) => ({ at: subject.place, type: subject.type, verdict })),
  });
}
