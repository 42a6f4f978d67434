import type { Operation } from "../../catalogue/vocabulary.ts";
import type { Policy } from "../../policy/schema.ts";
import { defined } from "../model/defined.ts";
import { type Answers, type LookUp, lookUpId } from "../model/look-up.ts";
import { first, pathOf } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, Parsed, SettingVerdict, StateChange, Subject } from "../model/types.ts";
import { definedByAws } from "../read/defined-by-aws.ts";
import { findSettings, type SettingsSource } from "../read/find-settings.ts";
import { readSettings } from "../read/read-settings.ts";
import { subjectOf } from "../read/subject.ts";
import { exempt, isViolation } from "./exempt.ts";
import { findParent } from "./find-parent.ts";
import { judgeDefinition } from "./judge-definition.ts";
import { judgeLocations } from "./judge-locations.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import { judgeUnknownOperation } from "./judge-unknown.ts";
import { justifiesStop, mayJustifyStop } from "./justify-stop.ts";
import { allOpen, leaveOpen, oneOfIsAbsent } from "./left-open.ts";
import { type Rules, rulesOf } from "./rules.ts";
import { settleAlternatives } from "./settle-alternatives.ts";

const NO_LOOK_UPS: readonly LookUp[] = [];

/**
 * Judges one event by the policy and by the answers known so far. Pure: a fact that it lacks comes back as one of
 * `questions`, to be looked up and judged again; without an answer the setting stays `undetermined`. Never throws.
 */
export function judge(event: Parsed, policy: Policy, answers: Answers): Judgement {
  if (event.is === "ignored" || event.is === "malformed") {
    return { event, resource: null, verdict: event.is, reason: event.reason, settings: [], lookUps: NO_LOOK_UPS };
  }
  return judgeEvent(event, subjectOf(event), policy, answers);
}

/** Judges an event again, with more answers. */
export function judgeAgain({ event, subject }: Judgement, policy: Policy, answers: Answers): Judgement {
  return event.is === "call" || event.is === "state-change"
    ? judgeEvent(event, subject, policy, answers)
    : judge(event, policy, answers);
}

function judgeEvent(
  event: ApiCall | StateChange,
  subject: Subject | undefined,
  policy: Policy,
  answers: Answers,
): Judgement {
  const rules = rulesOf(policy, { account: event.account, region: event.region }, answers);
  if (!subject) return judgeUnknownOperation(event);
  const arn = definedByAws(event, subject);
  if (arn !== undefined) return ignored(event, subject, { code: "defined-by-aws", arn });
  return findParent(event, subject, judgeSubject(event, subject, rules), answers);
}

function judgeSubject(event: ApiCall | StateChange, subject: Subject, rules: Rules): Judgement {
  const partly =
    subject.heldIn === "partly"
      ? judgeSource(event, subject, findSettings(event, subject, rules.answers, false), rules)
      : undefined;
  if (partly?.judged.every(({ verdict }) => verdict.is !== "missing")) return conclude(event, subject, rules, partly);
  const source = findSettings(event, subject, rules.answers, subject.heldIn !== "event");
  if (source.is === "found") {
    const open = source.described ? undefined : oneOfIsAbsent(event, subject);
    const judged = judgeSource(event, subject, source, rules);
    const read = open ? { ...judged, open } : judged;
    if (isNothing(read)) return ignored(event, subject, NAMES_NO_KEY);
    const judgement = conclude(event, subject, rules, read);
    return source.holder ? { ...judgement, holder: source.holder } : judgement;
  }
  const { reason, lookUp, operation, followed } = source;
  const judged = partly
    ? partly.judged.map((one) => leaveOpen(one, reason))
    : [...allOpen(subject, reason), ...ownLocations(subject, source, rules)];
  const judgement = conclude(event, subject, rules, { judged, open: reason, operation, followed });
  // What is wrong in its own buckets does not settle what it refers to.
  const isSettled = judgement.verdict !== "undetermined" && source.own === undefined;
  if (isSettled || !lookUp) return judgement;
  return { ...judgement, lookUps: [lookUp, ...judgement.lookUps] };
}

/** The settings of one event, each judged, and why some could not be read. */
interface JudgedSettings {
  readonly judged: readonly SettingJudgement[];
  readonly open?: Reason;
  readonly lookUp?: LookUp;
  readonly operation: string;
  readonly followed: readonly string[];
  readonly arn?: string;
}

function judgeSource(
  event: ApiCall | StateChange,
  subject: Subject,
  source: SettingsSource,
  rules: Rules,
): JudgedSettings {
  const { operation, followed } = source;
  if (source.is === "open") return { judged: [], open: source.reason, operation, followed };
  const { settings, request, described } = source;
  const { definition, refersTo, heldBy } = subject.operation;
  if (definition !== undefined) {
    return { ...judgeDefinition(event, subject, first(request, pathOf(definition)), rules), operation, followed };
  }
  const judged: SettingJudgement[] = [];
  for (const reading of readSettings(settings, operation, request)) {
    const one = judgeSetting(reading, rules);
    judged.push(described ? one : settleAlternatives(one, reading, subject, rules));
  }
  if (heldBy) judged.push(judgeHeldBy(heldBy));
  const open: Reason | undefined = judged.length === 0 && refersTo?.length ? { code: "reference-missing" } : undefined;
  judged.push(...judgeLocations(operation, request, rules), ...ownLocations(subject, source, rules));
  if (!described && !open) return { judged, operation, followed };
  const arn = described ? request[subject.kind.describe.arn] : undefined;
  return { judged, operation, followed, ...defined({ open, arn: typeof arn === "string" ? arn : undefined }) };
}

const isNothing = ({ judged, open, followed }: JudgedSettings): boolean =>
  judged.length === 0 && open === undefined && followed.length === 0;

/** The S3 locations of a request that refers to another resource for its settings. */
const ownLocations = ({ operation }: Subject, { own }: SettingsSource, rules: Rules): SettingJudgement[] =>
  own ? judgeLocations(operation.operation, own, rules) : [];

const judgeHeldBy = ({ path, protects, service }: NonNullable<Operation["heldBy"]>): SettingJudgement => ({
  verdict: { path, protects, is: "undetermined", reason: { code: "held-by-service", path, service } },
});

const NAMES_NO_KEY: Reason = { code: "names-no-key" };

const ignored = (event: ApiCall | StateChange, subject: Subject, reason: Reason): Judgement => ({
  event,
  subject,
  resource: null,
  verdict: "ignored",
  reason,
  settings: [],
  lookUps: NO_LOOK_UPS,
});

/** The worst setting decides; an open point matters only where no violation without an exemption is known. */
function conclude(event: ApiCall | StateChange, subject: Subject, rules: Rules, read: JudgedSettings): Judgement {
  const { judged, open, operation, followed, arn } = read;
  const resource = arn && subject.resource.arn === null ? { ...subject.resource, arn } : subject.resource;
  const verdicts = judged.map(({ verdict }) => verdict);
  const { settings, doubt, exemptions, expired } = exempt(event, resource, verdicts, rules.policy);
  const isWrong = settings.some((setting) => isViolation(setting) && setting.exempt === undefined);
  if (isWrong && doubt === undefined) {
    const lookUps = lookUpsForStop(judged, settings, rules.policy);
    const isLeft = ({ lookUp, verdict }: SettingJudgement) =>
      lookUp !== undefined && (lookUps.length === 0 || !mayJustifyStop(verdict, rules.policy));
    const left = judged.some(isLeft)
      ? settings.map((setting, i) => (judged[i] && isLeft(judged[i]) ? { ...setting, reason: NOT_LOOKED_UP } : setting))
      : settings;
    return {
      event,
      subject,
      resource,
      verdict: "non-compliant",
      settings: left,
      operation,
      followed,
      exemptions,
      expired,
      lookUps,
    };
  }
  const lookUps = lookUpsOf(read);
  const reason = doubt ?? open;
  const isOpen = reason !== undefined || settings.some(({ is }) => is === "undetermined");
  const verdict = isOpen ? "undetermined" : exemptions.length > 0 ? "exempt" : "compliant";
  const judgement: Judgement = {
    event,
    subject,
    resource,
    verdict,
    settings,
    operation,
    followed,
    exemptions,
    expired,
    lookUps,
  };
  return reason === undefined ? judgement : { ...judgement, reason };
}

const NOT_LOOKED_UP: Reason = { code: "not-looked-up" };

/**
 * The look-ups that a certain violation still needs: none where it justifies a stop. Else those that may find another
 * that does; otherwise a bucket in doubt would save a job under a rejected key from its stop.
 */
function lookUpsForStop(
  judged: readonly SettingJudgement[],
  settings: readonly SettingVerdict[],
  policy: Policy,
): readonly LookUp[] {
  if (settings.some((setting) => justifiesStop(setting, policy))) return NO_LOOK_UPS;
  return lookUpsOf({ judged: judged.filter(({ verdict }) => mayJustifyStop(verdict, policy)) });
}

/** The open questions of a whole event, each once. */
function lookUpsOf({ judged, lookUp }: Pick<JudgedSettings, "judged" | "lookUp">): readonly LookUp[] {
  const asked = lookUp ? [lookUp] : [];
  for (const one of judged) if (one.lookUp) asked.push(one.lookUp);
  if (asked.length < 2) return asked;
  return [...new Map(asked.map((one) => [lookUpId(one), one])).values()];
}
