import type { Input } from "../../cloudtrail/inputs.ts";
import type { Policy } from "../../policy/schema.ts";
import type { ReplayView } from "../show/replay-views.ts";

/** What is to be replayed, on any target, and who is shown it. */
export interface Replay {
  readonly inputs: readonly Input[];
  readonly policy: Policy;
  readonly view: ReplayView;
}
