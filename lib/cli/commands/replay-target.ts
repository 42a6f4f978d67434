import type { Decision } from "../../core/model/types.ts";
import { dryRun } from "../../core/plan/dry-run.ts";
import { versionOf } from "../../policy/version.ts";
import type { Replay } from "./replay-job.ts";

/** The targets of a replay, in the order of the help. */
export const TARGETS = ["embedded", "dry-run", "aws"] as const;
export type Target = (typeof TARGETS)[number];

export interface TargetOptions {
  readonly world: string | undefined;
  readonly topic: string | undefined;
  readonly yes: boolean;
}

export interface Ended {
  /** The decisions of later deliveries of the same events. */
  readonly later: readonly Decision[];
  /** The number of actions that AWS refused. */
  readonly refused: number;
}

/** Replays on the target. The embedded AWS and the SDK's clients are loaded only for the targets that need them. */
export async function replayOn(target: Target, replay: Replay, options: TargetOptions): Promise<Ended> {
  switch (target) {
    case "embedded": {
      const { replayEmbedded } = await import("./replay-embedded.ts");
      return { later: await replayEmbedded(replay, options.world), refused: 0 };
    }
    case "aws": {
      const { replayAws } = await import("./replay-aws.ts");
      return { later: [], refused: await replayAws(replay, options.topic ?? process.env.TOPIC_ARN, options.yes) };
    }
    case "dry-run": {
      const now = new Date();
      const policy = versionOf(replay.policy);
      for (const input of replay.inputs) {
        replay.view.event(input, { ...dryRun(input.event, replay.policy, now).decision, policy });
      }
      return { later: [], refused: 0 };
    }
    default:
      return target satisfies never;
  }
}
