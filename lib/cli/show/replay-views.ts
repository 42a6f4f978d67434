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

/** What a replay is shown as. Each function prints at once. */
export interface ReplayView {
  /** Whether the embedded AWS goes on until all events are finished. */
  readonly timeGoesOn: boolean;
  event(input: Input, decision: Decision): void;
  /** All later deliveries, of which there is at least one. */
  later(deliveries: readonly Later[]): void;
  aftermath(aftermath: Aftermath): void;
  summary(decisions: readonly Decision[], later: readonly Decision[]): void;
}

const nothing = (): void => {};

/** One decision a line, and nothing else. */
const json: ReplayView = {
  timeGoesOn: false,
  event: (_input, decision) => print(JSON.stringify(publicDecision(decision))),
  later: nothing,
  aftermath: nothing,
  summary: nothing,
};

/** Everything that happened. */
const full: ReplayView = {
  timeGoesOn: true,
  event: (input, decision) => print(`${showDecision(decision, placeOf(input))}\n`),
  later: (deliveries) => print(`${heading("As time goes on")}\n\n${deliveries.map(showLater).join("\n")}\n`),
  aftermath: (aftermath) => print(showAftermath(aftermath)),
  summary: (decisions, later) => print(`${heading("In short")}\n\n${summaryOf(decisions, later)}`),
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

/** What a few events lead to, with one of the mails; the summary is that of more events than these. */
const firstLook: ReplayView = {
  ...full,
  aftermath({ aws, resources }) {
    const [mail] = aws.sns.publications;
    if (mail) print(`${heading("A mail, as its reader gets it")}\n\n${showMail(mail)}`);
    if (resources.length > 0) print(`${heading("Where each resource ended")}\n\n${showResources(resources)}\n`);
  },
  summary: nothing,
};

/** Nothing but the summary. */
const summaryOnly: ReplayView = {
  timeGoesOn: true,
  event: nothing,
  later: nothing,
  aftermath: nothing,
  summary: (decisions, later) => print(summaryOf(decisions, later)),
};

/** How `replay` prints, by name. */
export const REPLAY_VIEWS = { json, full, lines, firstLook, summaryOnly } as const satisfies Record<string, ReplayView>;
