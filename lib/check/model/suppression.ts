import type { Position } from "./document.ts";

/** Why a finding is accepted for a time, as a skip in the file says. */
export interface Suppression {
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it counts, in UTC. */
  readonly expires: string;
}

/** A skip that covers nothing, and its position in the file. */
export interface SkipNote extends Position {
  readonly setting: string;
  readonly why:
    | { readonly is: "expired"; readonly expires: string }
    /** No finding of its resource has this setting. */
    | { readonly is: "no-finding" }
    | { readonly is: "no-resource" };
}

/** Why a finding does not fail a check. */
export interface Standing {
  readonly suppressed?: Suppression;
  /** The finding is in the baseline. Absent without a baseline. */
  readonly known?: boolean;
}
