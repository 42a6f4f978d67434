import type { Policy } from "../../policy/schema.ts";
import { collect } from "../model/member.ts";
import { type Answers, questionId } from "../model/question.ts";
import type { ApiCall, Judgement, Parsed, Question, SettingVerdict, StateChange } from "../model/types.ts";
import { type Trace, trace } from "../read/find-settings.ts";
import { read } from "../read/read-settings.ts";
import { type Subject, subjectOf } from "../read/subject.ts";
import { exempt, isViolation } from "./exempt.ts";
import { findParent } from "./find-parent.ts";
import { judgeDefinition } from "./judge-definition.ts";
import { judgePlaces, placesOfKey } from "./judge-locations.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import { judgeUnknownOperation } from "./judge-unknown.ts";
import type { Rules } from "./rules.ts";

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
  if (!subject) return judgeUnknownOperation(event);
  return findParent(event, subject, judgeSubject(event, subject, rules), answers);
}

function judgeSubject(event: ApiCall | StateChange, subject: Subject, rules: Rules): Judgement {
  const partly = subject.held === "partly" ? judgeFound(event, subject, traceFrom(false), rules) : undefined;
  if (partly?.judged.every(({ verdict }) => verdict.is !== "missing")) return conclude(event, subject, rules, partly);
  const found = traceFrom(subject.held !== "event");
  if (found.is === "found") {
    const open = found.described ? undefined : oneOfIsAbsent(event, subject);
    const read = { ...judgeFound(event, subject, found, rules), ...(open ? { open } : {}) };
    return isNothing(read) ? NOTHING : conclude(event, subject, rules, read);
  }
  const { because, question, followed } = found;
  const judged = partly ? partly.judged.map((one) => leaveOpen(one, because)) : allOpen(subject, because);
  const judgement = conclude(event, subject, rules, { judged, open: because, followed });
  if (judgement.verdict !== "undetermined") return judgement;
  return { ...judgement, questions: [...(question ? [question] : []), ...judgement.questions] };

  function traceFrom(describe: boolean): Trace {
    return trace(event, subject, rules.answers, describe);
  }
}

/** The settings of one event, each judged, and what could not be read. */
interface Judged {
  readonly judged: readonly SettingJudgement[];
  readonly open?: string;
  readonly question?: Question;
  readonly followed: readonly string[];
  readonly arn?: string;
}

function judgeFound(event: ApiCall | StateChange, subject: Subject, found: Trace, rules: Rules): Judged {
  if (found.is === "open") return { judged: [], open: found.because, followed: found.followed };
  const { settings, request, operation, followed, described } = found;
  const { definition } = subject.operation;
  if (definition !== undefined) {
    return { ...judgeDefinition(event, subject, collect(request, definition)[0]?.value, rules), followed };
  }
  const judged = read(settings, request).map((reading) =>
    judgeSetting(reading, rules, () => placesOfKey(operation, reading.path, request)),
  );
  const arn = described ? request[subject.kind.describe.arn] : undefined;
  const lacking = judged.length === 0 && (subject.operation.refersTo?.length ?? 0) > 0;
  return {
    judged: [...judged, ...judgePlaces(operation, request, rules)],
    followed,
    ...(lacking ? { open: `the record does not name what it refers to` } : {}),
    ...(typeof arn === "string" ? { arn } : {}),
  };
}

const isNothing = ({ judged, open, followed }: Judged): boolean =>
  judged.length === 0 && open === undefined && followed.length === 0;

const NOTHING: Judgement = {
  resource: null,
  verdict: "ignored",
  because: "it names no key, and no bucket that the policy asks about",
  settings: [],
  questions: [],
};

/** In a partial update an absent key is an unchanged one, which only Describe knows. */
const leaveOpen = ({ verdict, ...rest }: SettingJudgement, because: string): SettingJudgement => ({
  ...rest,
  verdict: verdict.is === "missing" ? { ...verdict, is: "undetermined", because } : verdict,
});

const allOpen = ({ operation: { settings, refersTo = [] } }: Subject, because: string): SettingJudgement[] =>
  (settings.length > 0 ? settings : (refersTo.at(-1)?.settings ?? [])).map(({ path, protects }) => ({
    verdict: { path, protects, is: "undetermined", because },
  }));

function oneOfIsAbsent(event: ApiCall | StateChange, { operation: { oneOf } }: Subject): string | undefined {
  if (!oneOf || event.is === "state-change" || event.request === "omitted") return undefined;
  const { request } = event;
  return oneOf.some((path) => collect(request, path).length > 0)
    ? undefined
    : `none of ${oneOf.join(", ")} is in the request`;
}

/** The worst setting decides; what was left open matters only where nothing unforgiven is known to be wrong. */
function conclude(event: ApiCall | StateChange, subject: Subject, rules: Rules, read: Judged): Judgement {
  const { judged, open, followed, arn } = read;
  const resource = { ...subject.resource, arn: subject.resource.arn ?? arn ?? null };
  const verdicts = judged.map(({ verdict }) => verdict);
  const { settings, doubt, exemptions, expired } = exempt(event, resource, verdicts, rules.policy);
  const about = { resource, followed, exemptions, expired };
  const wrong = settings.some((setting) => isViolation(setting) && setting.exempt === undefined);
  if (wrong && doubt === undefined) {
    const told = settings.map((setting, i) => (judged[i]?.question ? unasked(setting) : setting));
    return { ...about, verdict: "non-compliant", settings: told, questions: [] };
  }
  const questions = unique([read, ...judged].flatMap(({ question }) => (question ? [question] : [])));
  const because = doubt ?? open;
  if (because !== undefined) return { ...about, verdict: "undetermined", because, settings, questions };
  const undetermined = settings.some(({ is }) => is === "undetermined");
  const rest = exemptions.length > 0 ? "exempt" : "compliant";
  return { ...about, verdict: undetermined ? "undetermined" : rest, settings, questions };
}

const unasked = (setting: SettingVerdict): SettingVerdict => ({
  ...setting,
  because: "not looked up: the verdict stands without it",
});

const unique = (questions: readonly Question[]): Question[] => [
  ...new Map(questions.map((question) => [questionId(question), question])).values(),
];
