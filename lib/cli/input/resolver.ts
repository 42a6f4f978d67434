import { type Answer, type LookUp, lookUpId } from "../../core/model/look-up.ts";
import { type DryRun, dryRun } from "../../core/plan/dry-run.ts";
import { parse } from "../../core/read/parse.ts";
import type { Answered } from "../../enforce/judge/cache.ts";
import { judgeWithLookUps } from "../../enforce/judge/resolve.ts";
import type { Policy } from "../../policy/schema.ts";
import { choice } from "./choice.ts";

/** One look-up: the question, the answer, its source, and its age in milliseconds. */
export interface AnsweredLookUp {
  readonly lookUp: LookUp;
  readonly answer: Answer;
  readonly by: string;
  readonly age: number;
}

export interface Resolver {
  judge(event: unknown): Promise<DryRun & { readonly lookUps: readonly AnsweredLookUp[] }>;
  close(): Promise<void>;
}

export const TARGETS = ["embedded", "dry-run", "aws"] as const;

/** Judges with look-ups on the embedded AWS, on AWS itself, or without any. */
export async function resolverOf(named: string, policy: Policy, world: string | undefined): Promise<Resolver> {
  const target = choice("--target", named, TARGETS);
  if (target === "dry-run") {
    const judge = async (event: unknown) => ({ ...dryRun(event, policy, new Date()), lookUps: [] });
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

function judgeBy(policy: Policy, look: (lookUp: LookUp) => Promise<Answered>, who: string): Resolver["judge"] {
  return async (event) => {
    const lookUps = new Map<string, AnsweredLookUp>();
    const resolve = async (lookUp: LookUp) => {
      const { answer, from, age } = await look(lookUp);
      lookUps.set(lookUpId(lookUp), { lookUp, answer, by: from === "memory" ? "from memory" : who, age });
      return answer;
    };
    const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
    await judgeWithLookUps(parse(event), { policy, resolve, wait });
    const answers = new Map([...lookUps].map(([id, { answer }]) => [id, answer]));
    return { ...dryRun(event, policy, new Date(), answers), lookUps: [...lookUps.values()] };
  };
}
