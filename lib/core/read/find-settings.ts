import type { Condition } from "../../catalogue/condition.ts";
import type { Operation, Reference, Setting } from "../../catalogue/vocabulary.ts";
import { isArn, nameInArn } from "../model/arn.ts";
import { defined } from "../model/defined.ts";
import type { JsonObject } from "../model/json.ts";
import { type Answers, answerTo, type LookUp } from "../model/look-up.ts";
import { isBlank, isObject, scalar } from "../model/member.ts";
import { collect, first, pathOf } from "../model/path.ts";
import type { Lacks, Reason } from "../model/reason.ts";
import type { ApiCall, Holder, StateChange, Subject } from "../model/types.ts";

/** The settings of an event, or the look-up that is necessary to find them. */
export type SettingsSource = FoundSettings | UnresolvedSettings;

export interface FoundSettings {
  readonly is: "found";
  readonly settings: readonly Setting[];
  readonly request: JsonObject;
  /** The operation whose members the request has. */
  readonly operation: string;
  /** The Describe calls that led to the settings, in order. */
  readonly followed: readonly string[];
  /** The resource of the last of these calls. It holds the settings. */
  readonly holder?: Holder;
  /** The settings are from Describe's answer about the resource itself, not from the event. */
  readonly described: boolean;
  /** If a reference was followed: the request or the Describe answer that has the reference. */
  readonly own?: JsonObject;
}

export interface UnresolvedSettings {
  readonly is: "unresolved";
  readonly reason: Reason;
  readonly lookUp?: LookUp;
  /** These members are as in `FoundSettings`, as far as they are known. */
  readonly operation: string;
  readonly followed: readonly string[];
  readonly own?: JsonObject;
}

const NONE: readonly string[] = [];

/**
 * Finds the settings of an event: in the event, in Describe's answer about the resource, or in another resource that
 * one of the two refers to. `describe`: reads Describe's answer, even if the event has some of the settings.
 */
export function findSettings(
  event: ApiCall | StateChange,
  subject: Subject,
  answers: Answers,
  describe: boolean,
): SettingsSource {
  const start = describe ? fromDescribe(subject, answers) : fromEvent(event, subject);
  return start.is === "found" && subject.operation.refersTo ? follow(start, subject, event, answers) : start;
}

function fromEvent(event: ApiCall | StateChange, { operation }: Subject): FoundSettings {
  return {
    is: "found",
    settings: operation.settings,
    request: requestOf(event, operation),
    operation: operation.operation,
    followed: NONE,
    described: false,
  };
}

/** The members of the resource that the event itself has. */
export function requestOf(event: ApiCall | StateChange, { readsResponse }: Operation): JsonObject {
  if (event.is === "state-change") return event.detail;
  const request = event.request === "omitted" ? {} : event.request;
  return readsResponse ? withAnswer(request, event.response) : request;
}

/** A call's answer with what the request gives over it; a null in the request gives nothing. */
function withAnswer(request: JsonObject, response: JsonObject): JsonObject {
  const given = Object.entries(request).filter(([, value]) => !isBlank(value));
  return { ...response, ...Object.fromEntries(given) };
}

function fromDescribe({ describe, heldIn, operation }: Subject, answers: Answers): SettingsSource {
  const lacks: Lacks = heldIn === "partly" ? "unchanged-settings" : "settings";
  const row = operation.operation;
  if (!describe) return { is: "unresolved", reason: { code: "not-in-record", lacks }, operation: row, followed: NONE };
  const answer = answerTo(describe, answers);
  if (answer?.is === "described" && isObject(answer.output)) {
    return {
      is: "found",
      settings: describedSettings(operation),
      request: answer.output,
      operation: operation.operation,
      followed: heldIn === "describe" ? [linkOf(describe)] : NONE,
      described: true,
      ...defined({ holder: heldIn === "describe" ? holderOf(describe) : undefined }),
    };
  }
  const asked = { lacks, operation: describe.operation };
  if (answer === undefined) {
    const reason: Reason = { code: "needs-describe", ...asked };
    return { is: "unresolved", reason, lookUp: describe, operation: row, followed: NONE };
  }
  const why = answer.is === "unknown" ? answer.reason : emptyAnswer(describe.operation);
  return {
    is: "unresolved",
    reason: { code: "describe-unanswered", ...asked, answer: why },
    operation: row,
    followed: NONE,
  };
}

export const emptyAnswer = (operation: string): Reason => ({
  code: "incomplete-answer",
  service: operation,
  lacks: "the settings",
});

/** The settings of each operation, with their paths in Describe's answer. Each is computed once. */
const described = new Map<Operation, readonly Setting[]>();

function describedSettings(operation: Operation): readonly Setting[] {
  const known = described.get(operation);
  if (known) return known;
  const settings = operation.settings.flatMap(({ describedAt, describedWhen = [], ...setting }): Setting[] =>
    describedAt === null
      ? []
      : [{ ...setting, path: describedAt ?? setting.path, when: [...(setting.when ?? []), ...describedWhen] }],
  );
  described.set(operation, settings);
  return settings;
}

type DescribeLookUp = Extract<LookUp, { ask: "describe" }>;

const linkOf = ({ operation, input }: DescribeLookUp): string => `${operation} ${nameOf(input)}`;

export const holderOf = ({ operation, input }: DescribeLookUp): Holder => ({
  describe: operation,
  name: nameOf(input),
});

function nameOf(input: Readonly<Record<string, string>>): string {
  const name = Object.values(input).at(-1) ?? "";
  return isArn(name) ? nameInArn(name) : name;
}

/** Follows the references of an operation in order. Each begins at the resource that the reference before it led to. */
function follow(
  start: FoundSettings,
  { operation: row }: Subject,
  event: ApiCall | StateChange,
  answers: Answers,
): SettingsSource {
  let found = start;
  let source: JsonObject = event.is === "call" ? withAnswer(start.request, event.response) : start.request;
  for (const reference of row.refersTo ?? []) {
    const name = nameAt(reference, source);
    if (name === undefined) continue;
    const { account, region } = event;
    const input = { [reference.as]: name };
    const lookUp = { ask: "describe", operation: reference.describe, input, account, region } as const;
    const followed = [...found.followed, linkOf(lookUp)];
    const answer = answerTo(lookUp, answers);
    const operation = reference.describe.replace("Describe", "Create");
    if (answer?.is !== "described" || !isObject(answer.output)) {
      const asked = { path: reference.at, operation: reference.describe, name: nameOf(input) };
      const why = answer?.is === "unknown" ? answer.reason : emptyAnswer(reference.describe);
      const reason: Reason =
        answer === undefined
          ? { code: "needs-reference", ...asked }
          : { code: "reference-unanswered", ...asked, answer: why };
      const unresolved = { is: "unresolved", reason, operation, followed, own: start.request } as const;
      return answer ? unresolved : { ...unresolved, lookUp };
    }
    source = answer.output;
    const holder = holderOf(lookUp);
    found = {
      ...found,
      settings: reference.settings,
      request: source,
      operation,
      followed,
      holder,
      own: start.request,
    };
  }
  return found;
}

function nameAt({ at, when }: Reference, source: JsonObject): string | undefined {
  if (when && !isTrue(when, source)) return undefined;
  const found = first(source, pathOf(at));
  return typeof found === "string" ? found : undefined;
}

const isTrue = (condition: Condition, source: JsonObject): boolean =>
  condition.is === "equals" &&
  collect(source, condition.path).some(({ value }) => scalar(value) === String(condition.value));
