import type { Policy } from "../../policy/schema.ts";
import type { Answers } from "../model/question.ts";
import type { Caller } from "./judge-key.ts";

/** What everything about one event is judged by. */
export interface Rules {
  readonly policy: Policy;
  readonly caller: Caller;
  readonly answers: Answers;
}
