import type { ApiCall, Judgement, Outcome, StateChange } from "../core/model/types.ts";
import type { PlannedAction } from "../core/plan/orders.ts";
import type { Delivery } from "../ports/ports.ts";
import type { Step } from "./step.ts";

/** One event, its judgement, and the actions that are planned for it. */
export interface Task {
  readonly event: ApiCall | StateChange;
  readonly judgement: Judgement;
  readonly planned: readonly PlannedAction[];
  readonly delivery: Delivery;
  /** No daily mail looks at the event's day any more. */
  readonly isTooLate?: boolean;
}

export interface Acted {
  readonly outcomes: readonly Outcome[];
  readonly next: Step["next"];
}
