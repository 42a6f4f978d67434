import type { Input } from "../../cloudtrail/inputs.ts";
import type { Decision } from "../../core/model/types.ts";
import { publicDecision } from "../../wording/public-decision.ts";
import { placeOf } from "../input/read-all.ts";
import { count, fold, heading } from "../terminal/layout.ts";
import { print } from "../terminal/terminal.ts";
import {
  type Aftermath,
  type Later,
  newsOf,
  showAftermath,
  showLater,
  showMail,
  showResources,
  subjectOf,
} from "./aftermath.ts";
import { showDecision, showDecisionLine } from "./decision.ts";
import { summaryOf } from "./summary.ts";

/** A view of a replay. Each function prints immediately. */
export interface ReplayView {
  /** Whether the embedded AWS runs until all events are finished. */
  readonly untilFinished: boolean;
  event(input: Input, decision: Decision): void;
  /** All later deliveries, of which there is at least one. */
  later(deliveries: readonly Later[]): void;
  aftermath(aftermath: Aftermath): void;
  summary(decisions: readonly Decision[], later: readonly Decision[]): void;
}

const nothing = (): void => {};

/** One decision per line, and nothing else. */
const json: ReplayView = {
  untilFinished: false,
  event: (_input, decision) => print(JSON.stringify(publicDecision(decision))),
  later: nothing,
  aftermath: nothing,
  summary: nothing,
};

/** Everything that happened. */
const full: ReplayView = {
  untilFinished: true,
  event: (input, decision) => print(`${showDecision(decision, placeOf(input))}\n`),
  later: (deliveries) => print(`${heading("Later")}\n\n${deliveries.map(showLater).join("\n")}\n`),
  aftermath: (aftermath) => print(showAftermath(aftermath)),
  summary: (decisions, later) => print(`${heading("Summary")}\n\n${summaryOf(decisions, later)}`),
};

/** A line for each event, each later delivery that did something, and each mail. */
const lines: ReplayView = {
  ...full,
  event: (input, decision) => print(showDecisionLine(decision, placeOf(input))),
  later(deliveries) {
    const news = deliveries.filter((one) => newsOf(one).length > 0);
    print();
    if (news.length > 0) full.later(news);
  },
  aftermath({ aws }) {
    const mails = aws.sns.publications;
    const subjects = mails.map((mail) => fold(subjectOf(mail), 0, 2));
    if (mails.length > 0) print(`${heading(count(mails.length, "mail"))}\n\n${subjects.join("\n")}`);
  },
  summary(decisions, later) {
    print();
    full.summary(decisions, later);
    print("\n--verbose shows each event, mail, resource and AWS call in full.");
  },
};

/** A few events with their results and one of the mails. The caller prints the summary, which is about more events. */
const firstLook: ReplayView = {
  ...full,
  aftermath({ aws, resources }) {
    const [mail] = aws.sns.publications;
    if (mail) print(`${heading("One of the mails")}\n\n${showMail(mail)}`);
    if (resources.length > 0) print(`${heading("The final status of each resource")}\n\n${showResources(resources)}\n`);
  },
  summary: nothing,
};

/** Only the summary. */
const summaryOnly: ReplayView = {
  untilFinished: true,
  event: nothing,
  later: nothing,
  aftermath: nothing,
  summary: (decisions, later) => print(summaryOf(decisions, later)),
};

/** The views of `replay`, by name. */
export const REPLAY_VIEWS = { json, full, lines, firstLook, summaryOnly } as const satisfies Record<string, ReplayView>;
