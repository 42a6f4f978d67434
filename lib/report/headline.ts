import type { Report } from "../core/report/report.ts";
import { capital, inWords, judged, number, percent, unitOf } from "./words.ts";

export interface Headline {
  readonly title: string;
  readonly lead: string;
}

/** The report in a sentence, and the numbers behind it. */
export function headlineOf(report: Report): Headline {
  const all = judged(report.verdicts);
  const bad = report.verdicts["non-compliant"];
  if (all === 0) return nothingJudged(report);
  if (bad > 0) return someBad(report, bad, all);
  const units = unitOf(report, all);
  if (report.verdicts.compliant === all) {
    return {
      title: `Nothing to report: ${all === 1 ? "the one" : `all ${number(all)}`} ${units} judged ${be(report, all)} compliant`,
      lead: "Every setting that the policy requires names a key that it accepts, or does not apply.",
    };
  }
  return {
    title: `No ${unitOf(report, 1)} is known to ${report.of === "backtest" ? "have left data" : "be"} not under an accepted key`,
    lead: `${number(report.verdicts.compliant)} of ${number(all)} ${units} judged ${be(report, report.verdicts.compliant)} compliant.${rest(report)}`,
  };
}

function someBad(report: Report, bad: number, all: number): Headline {
  const units = unitOf(report, all);
  const words = inWords(bad, all);
  const who = `${capital(words)} ${words.endsWith("half") ? "of the " : ""}${units}`;
  const one = /^(about )?one in|^1 of|^the one/.test(words);
  const did = report.of === "backtest" ? "left data" : one ? "is" : "are";
  return {
    title: `${who} ${did} not under an accepted key`,
    lead: `${number(bad)} of ${number(all)} ${units} judged (${percent(bad, all)}).${rest(report)}`,
  };
}

function nothingJudged({ of, read: { records } }: Report): Headline {
  const lead =
    of === "sweep"
      ? "The sweep found no resource that can hold a KMS key."
      : records === 0
        ? "The input holds no SageMaker record."
        : `The input holds ${number(records)} SageMaker records, but no call that the policy judges.`;
  return { title: `Nothing to report: no ${of === "sweep" ? "resource" : "call"} to judge`, lead };
}

function rest({ verdicts: { undetermined, exempt } }: Report): string {
  const open =
    undetermined > 0 ? ` ${capital(number(undetermined))} ${undetermined === 1 ? "is" : "are"} undetermined.` : "";
  return exempt > 0 ? `${open} ${capital(number(exempt))} ${exempt === 1 ? "is" : "are"} exempt.` : open;
}

const be = ({ of }: Report, count: number): string =>
  of === "backtest" ? (count === 1 ? "was" : "were") : count === 1 ? "is" : "are";
