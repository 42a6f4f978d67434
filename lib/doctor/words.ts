import type { Place } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { activityWords } from "./words/activity-words.ts";
import { deliveryWords } from "./words/delivery-words.ts";
import { stackWords } from "./words/stack-words.ts";
import type { Wording, Words } from "./words/wording.ts";

const wording: Wording = { ...deliveryWords, ...stackWords, ...activityWords };

/** A finding in words. It may quote names and messages of AWS: the output makes them safe. */
export const wordsOf = (finding: Finding, at: Place): Words =>
  (wording[finding.code] as (facts: Finding, at: Place) => Words)(finding, at);
