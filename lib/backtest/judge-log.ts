import type { LogRead } from "../cloudtrail/read-log.ts";
import { dryRun } from "../core/plan/dry-run.ts";
import { compareDecisions } from "../core/report/compare.ts";
import { createTally, mergeTally, type Tally, tallyDecision, tallyIgnored } from "../core/report/tally.ts";
import { type CallTally, createCallTally, mergeCalls } from "../core/report/tally-calls.ts";
import type { Policy } from "../policy/schema.ts";

export interface Policies {
  readonly policy: Policy;
  /** The policy that it is compared with. */
  readonly other?: Policy | undefined;
}

/** What is known of the files that were judged so far. Plain data, so that threads can pass it. */
export interface BacktestState {
  readonly tally: Tally;
  readonly comparison: CallTally;
  files: number;
  /** Files without CloudTrail's records. */
  passedOver: number;
  damaged: DamagedFile[];
}

export interface DamagedFile {
  readonly file: string;
  readonly because: string;
}

/** The report does not depend on when an event is judged. */
const AT = new Date(0);

export const createBacktestState = (): BacktestState => ({
  tally: createTally(),
  comparison: createCallTally(),
  files: 0,
  passedOver: 0,
  damaged: [],
});

/** Judges the calls of a file by the policies; nothing is looked up. A damaged file is noted and left out whole. */
export function judgeLog(state: BacktestState, file: string, log: LogRead, policies: Policies): void {
  switch (log.is) {
    case "foreign":
      state.passedOver++;
      return;
    case "damaged":
      state.files++;
      state.damaged.push({ file, because: log.because });
      return;
    case "read":
      state.files++;
      tallyIgnored(state.tally, log.skipped);
      for (const call of log.calls) judgeCall(state, call, policies);
      return;
    default:
      log satisfies never;
  }
}

function judgeCall(state: BacktestState, call: unknown, { policy, other }: Policies): void {
  const { decision } = dryRun(call, policy, AT);
  tallyDecision(state.tally, decision);
  if (other) compareDecisions(state.comparison, decision, dryRun(call, other, AT).decision);
}

/** Takes another state into this one, in any order; the other must not be used after that. */
export function mergeStates(state: BacktestState, other: BacktestState): void {
  mergeTally(state.tally, other.tally);
  mergeCalls(state.comparison, other.comparison);
  state.files += other.files;
  state.passedOver += other.passedOver;
  for (const one of other.damaged) state.damaged.push(one);
}
