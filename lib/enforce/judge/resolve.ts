import { judge, judgeAgain } from "../../core/judge/judge.ts";
import { isStopUnresolved } from "../../core/judge/justify-stop.ts";
import { faultOf } from "../../core/model/fault.ts";
import { type Answer, type LookUp, lookUpId } from "../../core/model/look-up.ts";
import type { Judgement, Parsed } from "../../core/model/types.ts";
import type { Ports } from "../../ports/ports.ts";

/**
 * A look-up may lead to another one: an endpoint to its configuration, the configuration to a key. No chain is longer.
 */
const MAX_ROUNDS = 6;

/** The wait in milliseconds before a new resource is described again, because reads are eventually consistent. */
const LATE_MS = [250, 1000] as const;

export interface Resolved {
  readonly judgement: Judgement;
  /** The verdict, or a stop, depends on a look-up that has no answer yet, and a later attempt may get one. */
  readonly unanswered: boolean;
}

type LookUpPorts = Pick<Ports, "policy" | "resolve" | "wait"> & Partial<Pick<Ports, "recordFault">>;

/** Judges, resolves the look-ups of the judgement, and judges again until no look-up remains. */
export async function judgeWithLookUps(event: Parsed, ports: LookUpPorts): Promise<Resolved> {
  const answers = new Map<string, Answer>();
  let judgement = judge(event, ports.policy, answers);
  for (let round = 0; round < MAX_ROUNDS && judgement.lookUps.length > 0; round++) {
    const lookUps = judgement.lookUps.map(
      async (lookUp) => [lookUpId(lookUp), await resolvePatiently(lookUp, ports)] as const,
    );
    for (const [id, answer] of await Promise.all(lookUps)) answers.set(id, answer);
    judgement = judgeAgain(judgement, ports.policy, answers);
  }
  const mayAnswer = [...answers.values()].some((answer) => answer.is === "unknown" && answer.retryable);
  const isOpen = judgement.verdict === "undetermined" || isStopUnresolved(judgement, ports.policy);
  return { judgement, unanswered: mayAnswer && isOpen };
}

async function resolvePatiently(lookUp: LookUp, ports: LookUpPorts): Promise<Answer> {
  let answer = await resolve(lookUp, ports);
  for (const ms of LATE_MS) {
    if (answer.is !== "unknown" || !answer.late) return answer;
    await ports.wait(ms);
    answer = await resolve(lookUp, ports);
  }
  return answer;
}

/** An unexpected error is reported. The look-up then has no answer for good. */
async function resolve(lookUp: LookUp, ports: LookUpPorts): Promise<Answer> {
  try {
    return await ports.resolve(lookUp);
  } catch (error) {
    ports.recordFault?.({ lookUp: lookUp.ask }, error);
    return { is: "unknown", reason: faultOf(error), retryable: false };
  }
}
