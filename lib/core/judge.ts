import { judgeSetting, type Rules, type SettingJudgement } from "./judge-setting.ts";
import { judgeUnknownOperation } from "./judge-unknown.ts";
import { collect } from "./member.ts";
import type { Policy } from "./policy.ts";
import { type Answers, questionId } from "./question.ts";
import { read } from "./read.ts";
import { described, type Subject, subjectOf } from "./subject.ts";
import type { ApiCall, JsonObject, Judgement, Parsed, Question, SettingVerdict, StateChange } from "./types.ts";

/**
 * Judges one event by the policy and by what is known so far. Pure: what it lacks comes back as `questions`, to be
 * answered by a shell and judged again; without an answer the setting stays `undetermined`. Never throws on any event.
 */
export function judge(event: Parsed, policy: Policy, answers: Answers): Judgement {
  if (event.is === "ignored" || event.is === "malformed") {
    return { resource: null, verdict: event.is, because: event.because, settings: [], questions: [] };
  }
  const rules: Rules = { policy, caller: { account: event.account, region: event.region }, answers };
  const subject = subjectOf(event);
  return subject ? judgeSubject(event, subject, rules) : judgeUnknownOperation(event);
}

function judgeSubject(event: ApiCall | StateChange, subject: Subject, rules: Rules): Judgement {
  const fromEvent = subject.held === "describe" ? undefined : judgeEvent(event, subject, rules);
  const settled = subject.held === "event" || fromEvent?.every(({ verdict }) => verdict.is !== "missing");
  if (fromEvent && settled) return conclude(subject, fromEvent, oneOfIsAbsent(event, subject));
  const found = described(subject, rules.answers);
  if (found) {
    return conclude(withArn(subject, found.request), judgeAll(found.settings, found.request, rules), undefined);
  }
  const because = openBecause(subject, rules.answers);
  const questions = subject.describe && !rules.answers.has(questionId(subject.describe)) ? [subject.describe] : [];
  const open = fromEvent ? fromEvent.map((one) => leaveOpen(one, because)) : allOpen(subject, because);
  const judgement = conclude(subject, open, because);
  return {
    ...judgement,
    questions: judgement.verdict === "undetermined" ? [...questions, ...judgement.questions] : [],
  };
}

function judgeEvent(event: ApiCall | StateChange, subject: Subject, rules: Rules): SettingJudgement[] {
  const request = event.is === "state-change" ? event.detail : event.request;
  return judgeAll(subject.operation.settings, request === "omitted" ? {} : request, rules);
}

const judgeAll = (settings: Subject["operation"]["settings"], request: JsonObject, rules: Rules): SettingJudgement[] =>
  read(settings, request).map((reading) => judgeSetting(reading, rules));

/** In a partial update an absent key is an unchanged one, which only Describe knows. */
const leaveOpen = ({ verdict, ...rest }: SettingJudgement, because: string): SettingJudgement => ({
  ...rest,
  verdict: verdict.is === "missing" ? { ...verdict, is: "undetermined", because } : verdict,
});

const allOpen = (subject: Subject, because: string): SettingJudgement[] =>
  subject.operation.settings.map(({ path, protects }) => ({
    verdict: { path, protects, is: "undetermined", because },
  }));

function openBecause({ describe, held }: Subject, answers: Answers): string {
  if (!describe) return "the record does not hold the settings, nor what is needed to look them up";
  const answer = answers.get(questionId(describe));
  const why =
    held === "partly" ? "the update leaves unchanged what it does not mention" : "the record does not hold it";
  return answer?.is === "unknown"
    ? `${why}; ${describe.operation}: ${answer.because}`
    : `${why}: ${describe.operation} tells`;
}

function oneOfIsAbsent(event: ApiCall | StateChange, { operation: { oneOf } }: Subject): string | undefined {
  if (!oneOf || event.is === "state-change" || event.request === "omitted") return undefined;
  const { request } = event;
  return oneOf.some((path) => collect(request, path).length > 0)
    ? undefined
    : `none of ${oneOf.join(", ")} is in the request`;
}

const withArn = (subject: Subject, output: JsonObject): Subject => {
  const arn = output[subject.kind.describe.arn];
  return typeof arn === "string" && subject.resource.arn === null
    ? { ...subject, resource: { ...subject.resource, arn } }
    : subject;
};

/** The worst setting decides; what was left open matters only where nothing is known to be wrong. */
function conclude({ resource }: Subject, judged: readonly SettingJudgement[], open: string | undefined): Judgement {
  const has = (is: SettingVerdict["is"]) => judged.some(({ verdict }) => verdict.is === is);
  if (has("missing") || has("rejected")) {
    return { resource, verdict: "non-compliant", settings: judged.map(withoutQuestion), questions: [] };
  }
  const settings = judged.map(({ verdict }) => verdict);
  const questions = judged.flatMap(({ question }) => (question ? [question] : []));
  if (open !== undefined) return { resource, verdict: "undetermined", because: open, settings, questions };
  return {
    resource,
    verdict: has("undetermined") ? "undetermined" : "compliant",
    settings,
    questions: unique(questions),
  };
}

const withoutQuestion = ({ verdict, question }: SettingJudgement): SettingVerdict =>
  question ? { ...verdict, because: "not looked up: the verdict stands without it" } : verdict;

const unique = (questions: readonly Question[]): Question[] => [
  ...new Map(questions.map((question) => [questionId(question), question])).values(),
];
