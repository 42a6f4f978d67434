import type { Operation } from "../../catalogue/vocabulary.ts";
import type { Policy } from "../../policy/schema.ts";
import { defined } from "../model/defined.ts";
import type { Answers, LookUp } from "../model/look-up.ts";
import { collect, first, pathOf } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, Parsed, StateChange, Subject } from "../model/types.ts";
import { definedByAws } from "../read/defined-by-aws.ts";
import { findSettings, requestOf, type SettingsSource } from "../read/find-settings.ts";
import { readSettings } from "../read/read-settings.ts";
import { subjectOf } from "../read/subject.ts";
import { conclude, type JudgedSettings } from "./conclude.ts";
import { findParent } from "./find-parent.ts";
import { judgeDefinition } from "./judge-definition.ts";
import { judgeLocations } from "./judge-locations.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import { judgeUnknownOperation } from "./judge-unknown.ts";
import { type Rules, rulesOf } from "./rules.ts";
import { settleAlternatives } from "./settle-alternatives.ts";

const NO_LOOK_UPS: readonly LookUp[] = [];

/**
 * Judges one event by the policy and by the answers that are known so far. Pure, and never throws. If it needs a fact
 * that it does not have, it returns a look-up in `lookUps`. Get the answer, and judge again. Without an answer, the
 * setting stays `undetermined`.
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

/** Judges the settings of an event, wherever they are. */
function judgeSubject(event: ApiCall | StateChange, subject: Subject, rules: Rules): Judgement {
  const ofEvent =
    subject.heldIn === "partly"
      ? judgeSource(event, subject, findSettings(event, subject, rules.answers, false), rules)
      : undefined;
  if (ofEvent?.judged.every(({ verdict }) => verdict.is !== "missing")) return conclude(event, subject, rules, ofEvent);
  const source = findSettings(event, subject, rules.answers, subject.heldIn !== "event");
  if (source.is === "found") {
    const unreadable = source.described ? undefined : oneOfIsAbsent(event, subject);
    const judged = judgeSource(event, subject, source, rules);
    const read = unreadable ? { ...judged, unreadable } : judged;
    if (isNothing(read)) return ignored(event, subject, NAMES_NO_KEY);
    const judgement = conclude(event, subject, rules, read);
    return source.holder ? { ...judgement, holder: source.holder } : judgement;
  }
  const { reason, lookUp, operation, followed } = source;
  const judged = ofEvent
    ? ofEvent.judged.map((one) => missingAsUndetermined(one, reason))
    : [...allUndetermined(subject, reason), ...ownLocations(subject, source, rules)];
  const judgement = conclude(event, subject, rules, { judged, unreadable: reason, operation, followed });
  // A violation in the request's own buckets does not settle the settings of the resource that it refers to.
  const isSettled = judgement.verdict !== "undetermined" && source.own === undefined;
  if (isSettled || !lookUp) return judgement;
  return { ...judgement, lookUps: [lookUp, ...judgement.lookUps] };
}

/** Judges the settings and the S3 locations at one source. */
function judgeSource(
  event: ApiCall | StateChange,
  subject: Subject,
  source: SettingsSource,
  rules: Rules,
): JudgedSettings {
  const { operation, followed } = source;
  if (source.is === "unresolved") return { judged: [], unreadable: source.reason, operation, followed };
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
  const unreadable: Reason | undefined =
    judged.length === 0 && refersTo?.length ? { code: "reference-missing" } : undefined;
  judged.push(...judgeLocations(operation, request, rules), ...ownLocations(subject, source, rules));
  if (!described && !unreadable) return { judged, operation, followed };
  const arn = described ? request[subject.kind.describe.arn] : undefined;
  return { judged, operation, followed, ...defined({ unreadable, arn: typeof arn === "string" ? arn : undefined }) };
}

/** True if the request names nothing that can have a key. */
const isNothing = ({ judged, unreadable, followed }: JudgedSettings): boolean =>
  judged.length === 0 && unreadable === undefined && followed.length === 0;

/** Judges the S3 locations in the request itself, if it refers to another resource for its settings. */
const ownLocations = ({ operation }: Subject, { own }: SettingsSource, rules: Rules): SettingJudgement[] =>
  own ? judgeLocations(operation.operation, own, rules) : [];

/** A resource of another service has the key. Keyward does not look it up. */
const judgeHeldBy = ({ path, protects, service }: NonNullable<Operation["heldBy"]>): SettingJudgement => ({
  verdict: { path, protects, is: "undetermined", reason: { code: "held-by-service", path, service } },
});

/** Makes a missing key undetermined: an update leaves an absent key unchanged, and only Describe returns it. */
const missingAsUndetermined = (judgement: SettingJudgement, reason: Reason): SettingJudgement =>
  judgement.verdict.is === "missing"
    ? { ...judgement, verdict: { ...judgement.verdict, is: "undetermined", reason } }
    : judgement;

/** Every setting of an operation as undetermined, for an event whose settings cannot be read. */
const allUndetermined = ({ operation: { settings, refersTo = [] } }: Subject, reason: Reason): SettingJudgement[] =>
  (settings.length > 0 ? settings : (refersTo.at(-1)?.settings ?? [])).map(({ path, protects }) => ({
    verdict: { path, protects, is: "undetermined", reason },
  }));

/** The reason if a request has none of the members of which it must have at least one. */
function oneOfIsAbsent(event: ApiCall | StateChange, { operation }: Subject): Reason | undefined {
  const { oneOf } = operation;
  if (!oneOf || event.is === "state-change" || event.request === "omitted") return undefined;
  const request = requestOf(event, operation);
  return oneOf.some((path) => collect(request, path).length > 0) ? undefined : { code: "needs-one-of", paths: oneOf };
}

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
