import type { Caller } from "./key.ts";
import type { Policy } from "./policy.ts";
import type { Answers } from "./question.ts";

/** What everything about one event is judged by. */
export interface Rules {
  readonly policy: Policy;
  readonly caller: Caller;
  readonly answers: Answers;
}
