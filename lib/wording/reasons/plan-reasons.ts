import { kindOf } from "../../catalogue/kinds.ts";
import { protectsNoun } from "../../catalogue/protects.ts";
import type { Sentences } from "./sentences.ts";

/** Reasons why the plan skips an action. */
export const planReasons = {
  "observe-mode": () => "Keyward only observes",
  "off-mode": () => "Keyward is switched off",
  "out-of-scope": () => "the policy does not name its account and Region",
  "already-reported": () => "it was reported when it was created or started",
  "reported-only": ({ kind }) => `${kindOf(kind).noun}s are only reported`,
  "cannot-tag": ({ kind }) => `${kindOf(kind).noun}s cannot be tagged`,
  "tags-of-group": () => "a versioned model package has its group's tags",
  "cannot-stop": ({ kind }) => `${kindOf(kind).noun}s cannot be stopped`,
  "cannot-stop-parent": ({ kind }) => `a ${kindOf(kind).noun} started it, and ${kindOf(kind).noun}s cannot be stopped`,
  "parent-takes-no-key": ({ kind }) => `the ${kindOf(kind).noun} that started it has no member for its key`,
  "name-missing": () => "the event does not name it",
  "stop-not-justified": ({ protects }) =>
    `the policy's stop-for does not name ${protects.map(protectsNoun).join(", ")}`,
  "sweep-reports": () => "the policy's sweep only reports",
} satisfies Partial<Sentences>;
