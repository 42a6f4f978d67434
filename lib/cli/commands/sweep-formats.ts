import type { Decision } from "../../core/model/types.ts";
import type { Swept } from "../../sweep/sweep.ts";
import type { SweptResource } from "../../sweep/sweep-resource.ts";
import { publicDecision } from "../../wording/public-decision.ts";
import type { Format } from "../input/common-options.ts";
import { showDecision } from "../show/decision.ts";
import { summaryOf } from "../show/summary.ts";
import { count, heading } from "../terminal/layout.ts";

/** What `sweep` prints. An empty string prints nothing. */
interface SweepFormat {
  /** A resource as it is found; all of them, or only those that are not compliant. */
  found(found: Pick<SweptResource, "decision" | "missed">, all: boolean): string;
  summary(decisions: readonly Decision[], swept: Swept): string;
}

/** How `sweep` prints, by format. */
export const SWEEP_FORMATS: Readonly<Record<Format, SweepFormat>> = {
  json: {
    found: ({ decision, missed }) => JSON.stringify({ ...publicDecision(decision), missed }),
    summary: () => "",
  },
  text: {
    found({ decision, missed }, all) {
      if (!all && decision.verdict === "compliant") return "";
      return `${showDecision(decision, missed ? "missed: no event about it was acted on" : "")}\n`;
    },
    summary: (decisions, swept) => `${heading("In short")}\n\n${summaryOf(decisions)}\n${missedInWords(swept)}`,
  },
};

const missedInWords = ({ looked, missed }: Swept): string =>
  `  ${count(looked, "resource")} looked at, ${missed} of them missed by every event`;
