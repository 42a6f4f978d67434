import { judge } from "../core/judge/judge.ts";
import { questionId } from "../core/model/question.ts";
import type { Answer, Judgement, Parsed, Question } from "../core/model/types.ts";
import type { Ports } from "../ports/ports.ts";

/** A look-up may lead to another (an endpoint to its configuration, that to a key); no chain is longer than this. */
const MAX_ROUNDS = 6;

/** What has just been made may take a moment to be seen; what takes longer is deferred. */
const LATE_MS = [250, 1000] as const;

export interface Asked {
  readonly judgement: Judgement;
  /** A look-up got no answer that may get one later, and the verdict hangs on it. */
  readonly unanswered: boolean;
}

/** Judges, asks what the judgement left open, and judges again until nothing is left that can be asked. */
export async function judgeAsking(event: Parsed, ports: Pick<Ports, "policy" | "ask" | "wait">): Promise<Asked> {
  const answers = new Map<string, Answer>();
  let judgement = judge(event, ports.policy, answers);
  for (let round = 0; round < MAX_ROUNDS && judgement.questions.length > 0; round++) {
    const asked = judgement.questions.map(
      async (question) => [questionId(question), await askPatiently(question, ports)] as const,
    );
    for (const [id, answer] of await Promise.all(asked)) answers.set(id, answer);
    judgement = judge(event, ports.policy, answers);
  }
  const mayAnswer = [...answers.values()].some((answer) => answer.is === "unknown" && answer.retryable);
  return { judgement, unanswered: mayAnswer && judgement.verdict === "undetermined" };
}

async function askPatiently(question: Question, { ask, wait }: Pick<Ports, "ask" | "wait">): Promise<Answer> {
  let answer = await ask(question);
  for (const ms of LATE_MS) {
    if (answer.is !== "unknown" || !answer.late) return answer;
    await wait(ms);
    answer = await ask(question);
  }
  return answer;
}
