import { kindOf } from "../../catalogue/kinds.ts";
import { protectsNoun } from "../../catalogue/protects.ts";
import { ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Sentences } from "./sentences.ts";

const nounOf = (kind: string): SafeText => ownText(kindOf(kind).noun);

/** Reasons why the plan skips an action. */
export const planReasons = {
  "observe-mode": () => safeText`Keyward only observes`,
  "off-mode": () => safeText`Keyward is switched off`,
  "out-of-scope": () => safeText`the policy does not name its account and Region`,
  "already-reported": () => safeText`it was reported when it was created or started`,
  "reported-only": ({ kind }) => safeText`${nounOf(kind)}s are only reported`,
  "cannot-tag": ({ kind }) => safeText`${nounOf(kind)}s cannot be tagged`,
  "tags-of-group": () => safeText`a versioned model package has its group's tags`,
  "cannot-stop": ({ kind }) => safeText`${nounOf(kind)}s cannot be stopped`,
  "cannot-stop-parent": ({ kind }) => safeText`a ${nounOf(kind)} started it, and ${nounOf(kind)}s cannot be stopped`,
  "parent-takes-no-key": ({ kind }) => safeText`the ${nounOf(kind)} that started it has no member for its key`,
  "name-missing": () => safeText`the event does not name it`,
  "stop-not-justified": ({ protects }) =>
    safeText`the policy's stop-for does not name ${ownText(protects.map(protectsNoun).join(", "))}`,
  "in-digest": ({ to }) =>
    safeText`it goes into the daily mail${to === null ? "" : safeText` to the topic ${ownText(to)}`}`,
  "notify-never": () => safeText`the policy's notify sends no mail about it`,
  "sweep-reports": () => safeText`the policy's sweep only reports`,
} satisfies Partial<Sentences>;
