import { kindOf } from "../../catalogue/kinds.ts";
import type { Sentences } from "./sentences.ts";

/** Why an action is left out of the plan. */
export const planReasons = {
  "observe-mode": () => "the policy only observes",
  "out-of-scope": () => "the policy does not name its account and Region",
  "already-reported": () => "it was reported when it was created or started",
  "cannot-tag": ({ kind }) => `${kindOf(kind).noun}s cannot be tagged`,
  "tags-of-group": () => "a versioned model package has its group's tags",
  "cannot-stop": ({ kind }) => `${kindOf(kind).noun}s cannot be stopped`,
  "cannot-stop-parent": ({ kind }) => `${kindOf(kind).noun}s cannot be stopped, and one started it`,
  "name-missing": () => "the event does not name it",
  "sweep-reports": () => "the policy's sweep only reports",
} satisfies Partial<Sentences>;
