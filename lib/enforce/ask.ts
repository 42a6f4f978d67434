import { judge } from "../core/judge.ts";
import { questionId } from "../core/question.ts";
import type { Answer, Judgement, Parsed } from "../core/types.ts";
import type { Ports } from "./ports.ts";

/** A look-up may lead to another (a described resource names a key); no chain is longer than this. */
const MAX_ROUNDS = 4;

export interface Asked {
  readonly judgement: Judgement;
  /** A look-up got no answer that may get one later, and the verdict hangs on it. */
  readonly unanswered: boolean;
}

/** Judges, asks what the judgement left open, and judges again until nothing is left that can be asked. */
export async function judgeAsking(event: Parsed, { policy, ask }: Pick<Ports, "policy" | "ask">): Promise<Asked> {
  const answers = new Map<string, Answer>();
  let judgement = judge(event, policy, answers);
  for (let round = 0; round < MAX_ROUNDS && judgement.questions.length > 0; round++) {
    const asked = judgement.questions.map(async (question) => [questionId(question), await ask(question)] as const);
    for (const [id, answer] of await Promise.all(asked)) answers.set(id, answer);
    judgement = judge(event, policy, answers);
  }
  const mayAnswer = [...answers.values()].some((answer) => answer.is === "unknown" && answer.retryable);
  return { judgement, unanswered: mayAnswer && judgement.verdict === "undetermined" };
}
