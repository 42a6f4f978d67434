import type { Input } from "../../cloudtrail/inputs.ts";
import type { Decision } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";

/** What is to be replayed, whatever on. */
export interface Replay {
  readonly inputs: readonly Input[];
  readonly policy: Policy;
  /** Takes each decision as it is made. */
  show(input: Input, decision: Decision): void;
}
