import type { Policy } from "../core/policy.ts";
import type { Decision } from "../core/types.ts";
import type { Input } from "./inputs.ts";

/** What is to be replayed, whatever on. */
export interface Replay {
  readonly inputs: readonly Input[];
  readonly policy: Policy;
  /** Takes each decision as it is made. */
  show(input: Input, decision: Decision): void;
}
