import { decide } from "../core/decide.ts";
import { parse } from "../core/parse.ts";
import { plan } from "../core/plan.ts";
import type { Decision } from "../core/types.ts";
import { act } from "./act.ts";
import { judgeAsking } from "./ask.ts";
import type { Ports } from "./ports.ts";

export interface Response {
  readonly decision: Decision;
  /** The event is to be delivered again: something is left to do, or it could not be read. */
  readonly retry: boolean;
}

/** The whole of enforcement for one event: parse → ask and judge → plan → act → record. */
export async function respond(event: unknown, ports: Ports): Promise<Response> {
  const parsed = parse(event);
  const judgement = await judgeAsking(parsed, ports);
  if (parsed.is === "ignored" || parsed.is === "malformed") {
    const decision = decide(parsed, judgement, []);
    ports.record(decision);
    return { decision, retry: parsed.is === "malformed" };
  }
  const planned = plan(parsed, judgement, ports.policy, ports.now());
  const { outcomes, retry } = planned.length > 0 ? await act(parsed, judgement, planned, ports) : NOTHING;
  const decision = decide(parsed, judgement, outcomes);
  ports.record(decision);
  return { decision, retry };
}

const NOTHING = { outcomes: [], retry: false } as const;
