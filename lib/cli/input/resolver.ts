import { questionId } from "../../core/model/question.ts";
import type { Answer, Question } from "../../core/model/types.ts";
import { type Foreseen, foresee } from "../../core/plan/dry-run.ts";
import { parse } from "../../core/read/parse.ts";
import type { Answered } from "../../enforce/cache.ts";
import { judgeWithLookUps } from "../../enforce/resolve.ts";
import type { Policy } from "../../policy/schema.ts";
import { choice } from "./choice.ts";

/** One look-up: the question, what was answered, by whom, and how many milliseconds before. */
export interface LookUp {
  readonly question: Question;
  readonly answer: Answer;
  readonly by: string;
  readonly age: number;
}

export interface Looker {
  judge(event: unknown): Promise<Foreseen & { readonly lookUps: readonly LookUp[] }>;
  close(): Promise<void>;
}

export const TARGETS = ["embedded", "dry-run", "aws"] as const;

/** Who answers the questions that judging asks: the embedded AWS, AWS itself, or nobody. */
export async function lookerOf(named: string, policy: Policy, world: string | undefined): Promise<Looker> {
  const target = choice("--target", named, TARGETS);
  if (target === "dry-run") {
    const judge = async (event: unknown) => ({ ...foresee(event, policy, new Date()), lookUps: [] });
    return { judge, close: async () => {} };
  }
  const { createLookUps } = await import("../../compose/look-ups.ts");
  const now = () => new Date();
  if (target === "aws") {
    return { judge: judgeBy(policy, createLookUps({ policy, target: {}, now }), "AWS"), close: async () => {} };
  }
  const { startEmbedded } = await import("./start-embedded.ts");
  const { aws } = await startEmbedded(world, undefined, now());
  const { endpoint, credentials } = aws;
  const judge = judgeBy(policy, createLookUps({ policy, target: { endpoint, credentials }, now }), "the embedded AWS");
  return {
    async judge(event) {
      const call = parse(event);
      if (call.is === "call") aws.sagemaker.apply(call);
      return judge(event);
    },
    close: () => aws.close(),
  };
}

function judgeBy(policy: Policy, ask: (question: Question) => Promise<Answered>, who: string): Looker["judge"] {
  return async (event) => {
    const lookUps = new Map<string, LookUp>();
    const asked = async (question: Question) => {
      const { answer, from, age } = await ask(question);
      lookUps.set(questionId(question), { question, answer, by: from === "memory" ? "from memory" : who, age });
      return answer;
    };
    const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
    await judgeWithLookUps(parse(event), { policy, lookUp: asked, wait });
    const answers = new Map([...lookUps].map(([id, { answer }]) => [id, answer]));
    return { ...foresee(event, policy, new Date(), answers), lookUps: [...lookUps.values()] };
  };
}
