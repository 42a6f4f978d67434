import type { Input } from "../../cloudtrail/inputs.ts";
import type { Policy } from "../../policy/schema.ts";
import type { ReplayView } from "../show/replay-views.ts";

/** The events of a replay, the policy, and the view that shows the results. */
export interface Replay {
  readonly inputs: readonly Input[];
  readonly policy: Policy;
  readonly view: ReplayView;
}
