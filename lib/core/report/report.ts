import type { Reason } from "../model/reason.ts";
import type { SettingIs, Verdict } from "../model/types.ts";

/** The result of a backtest or a sweep, as its table, its JSON and its page show it. Pure data; counts are whole numbers. */
export interface Report {
  readonly of: "backtest" | "sweep";
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** The policy's version: the first 12 hexadecimal digits of its SHA-256. */
  readonly policyVersion: string;
  /** Times of the first and last judged call; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Files that were read, the damaged ones by name, and the SageMaker records in them. */
  readonly read: {
    readonly files: number;
    readonly damaged: readonly string[];
    readonly records: number;
    /** Files that hold no CloudTrail records, such as digests. */
    readonly passedOver?: number;
    /** Judged calls that came again, in another file or trail; they count once. */
    readonly doubles?: number;
    /** It was interrupted: the report covers what was judged until then. */
    readonly stoppedEarly?: true;
  };
  readonly verdicts: Counts;
  readonly by: {
    readonly kind: readonly Group[];
    readonly account: readonly Group[];
    readonly region: readonly Group[];
    readonly principal: readonly Group[];
    /** By ISO week, such as 2026-W45, in order; weeks without calls are left out. */
    readonly week: readonly Group[];
  };
  /** How often each setting (path without indexes) of each kind ended as missing, rejected or undetermined. */
  readonly settings: readonly {
    readonly kind: string;
    readonly path: string;
    readonly protects: string;
    readonly is: SettingIs;
    readonly count: number;
  }[];
  /** The actions that would have been done, or were done, by action and outcome. */
  readonly actions: readonly { readonly do: string; readonly outcome: string; readonly count: number }[];
  /** The limiter's effect: hours (account, Region and clock hour) with more stops than the policy allows, and how many stops had to wait. */
  readonly limit: { readonly stopsPerHour: number; readonly hoursOver: number; readonly waiting: number };
  /** The policy's exemptions and how often each was used; unused ones with 0. */
  readonly exemptions: readonly {
    readonly name: string;
    readonly reason: string;
    readonly owner: string;
    readonly expires: string;
    readonly used: number;
  }[];
  /** Creating calls that the catalogue does not know. */
  readonly unknownOperations: readonly { readonly operation: string; readonly count: number }[];
  /** What would resolve the undetermined ones: `of` so many, `together` by all steps; that with the most first. */
  readonly resolutions: {
    readonly of: number;
    readonly together: number;
    readonly steps: readonly Resolution[];
  };
  /** Non-compliant, undetermined and exempt ones, by time: the first 100,000. */
  readonly findings: readonly Finding[];
  /** How many more there are. */
  readonly moreFindings?: number;
}

export interface Resolution {
  /** The list of the policy that `value` is to be added to; `null` where only a look-up is lacking. */
  readonly add: "keys.accounts" | "keys.allow" | null;
  /** An account, or an alias. */
  readonly value?: string;
  /** The calls that lack nothing else. */
  readonly resolves: number;
  /** Those and the calls that lack more than this. */
  readonly neededBy: number;
}

export type Counts = Readonly<Record<Verdict, number>>;

export interface Group {
  readonly name: string;
  readonly verdicts: Counts;
}

export interface Finding {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly account: string;
  readonly region: string;
  readonly principal: string;
  readonly kind: string;
  readonly name: string;
  readonly arn: string | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  /** The settings that are missing, rejected or undetermined. */
  readonly settings: readonly {
    readonly path: string;
    readonly protects: string;
    readonly is: SettingIs;
    readonly reason?: Reason;
    readonly key?: string;
  }[];
  /** Such as `stop planned`. */
  readonly actions: readonly string[];
}
