import type { Decision } from "../../core/model/types.ts";
import type { Swept } from "../../sweep/sweep.ts";
import type { SweptResource } from "../../sweep/sweep-resource.ts";
import { publicDecision } from "../../wording/public-decision.ts";
import type { Format } from "../input/common-options.ts";
import { showDecision } from "../show/decision.ts";
import { summaryOf } from "../show/summary.ts";
import { count, heading } from "../terminal/layout.ts";

/** The output of `sweep`. An empty string prints nothing. */
interface SweepFormat {
  /** The text for one resource; for a compliant one only with `all`. */
  found(found: Pick<SweptResource, "decision" | "missed">, all: boolean): string;
  summary(decisions: readonly Decision[], swept: Swept): string;
}

/** The formats of `sweep`, by name. */
export const SWEEP_FORMATS: Readonly<Record<Format, SweepFormat>> = {
  json: {
    found: ({ decision, missed }) => JSON.stringify({ ...publicDecision(decision), missed }),
    summary: () => "",
  },
  text: {
    found({ decision, missed }, all) {
      if (!all && decision.verdict === "compliant") return "";
      return `${showDecision(decision, missed ? "missed: Keyward acted on no event about it" : "")}\n`;
    },
    summary: (decisions, swept) => `${heading("Summary")}\n\n${summaryOf(decisions)}\n${missedInWords(swept)}`,
  },
};

const missedInWords = ({ looked, missed }: Swept): string =>
  `  ${count(looked, "resource")} judged, ${missed} of them missed`;
