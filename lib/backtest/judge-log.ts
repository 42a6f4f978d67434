import type { LogRead } from "../cloudtrail/read-log.ts";
import { foresee } from "../core/plan/dry-run.ts";
import { compareDecisions } from "../core/report/compare.ts";
import { createTally, mergeTally, type Tally, tallyDecision } from "../core/report/tally.ts";
import { type CallTally, createCallTally, mergeCalls } from "../core/report/tally-calls.ts";
import type { Policy } from "../policy/schema.ts";

export interface Policies {
  readonly policy: Policy;
  /** The policy that it is compared with. */
  readonly other?: Policy | undefined;
}

/** What was made of files so far. Plain data, so that threads can pass it. */
export interface Judged {
  readonly tally: Tally;
  readonly comparison: CallTally;
  files: number;
  passedOver: number;
  damaged: FileFault[];
}

export interface FileFault {
  readonly file: string;
  readonly because: string;
}

/** Nothing that is reported depends on when it was judged. */
const AT = new Date(0);

export const createJudged = (): Judged => ({
  tally: createTally(),
  comparison: createCallTally(),
  files: 0,
  passedOver: 0,
  damaged: [],
});

/** Judges what a file held by the policies, without looking anything up. Gives the fault of a file that is damaged. */
export function judgeLog(judged: Judged, file: string, log: LogRead, { policy, other }: Policies): void {
  switch (log.is) {
    case "foreign":
      judged.passedOver++;
      return;
    case "damaged":
      judged.files++;
      judged.damaged.push({ file, because: log.because });
      return;
    case "read":
      judged.files++;
      for (const call of log.calls) {
        const { decision } = foresee(call, policy, AT);
        tallyDecision(judged.tally, decision);
        if (other) compareDecisions(judged.comparison, decision, foresee(call, other, AT).decision);
      }
      return;
    default:
      log satisfies never;
  }
}

export function mergeJudged(judged: Judged, other: Judged): void {
  mergeTally(judged.tally, other.tally);
  mergeCalls(judged.comparison, other.comparison);
  judged.files += other.files;
  judged.passedOver += other.passedOver;
  judged.damaged.push(...other.damaged);
}
