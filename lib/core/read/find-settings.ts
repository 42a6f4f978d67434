import type { Condition, Reference, Setting } from "../../catalogue/vocabulary.ts";
import { collect, isObject, scalar } from "../model/member.ts";
import { type Answers, questionId } from "../model/question.ts";
import type { ApiCall, JsonObject, Question, StateChange } from "../model/types.ts";
import type { Subject } from "./subject.ts";

/** Where the settings of an event stand, or what has to be asked before that is known. */
export type Trace =
  | {
      readonly is: "found";
      readonly settings: readonly Setting[];
      readonly request: JsonObject;
      /** The operation in whose terms it stands there. */
      readonly operation: string;
      /** What was described on the way, in order. */
      readonly followed: readonly string[];
      /** Its own Describe answered, rather than the event. */
      readonly described: boolean;
    }
  | {
      readonly is: "open";
      readonly because: string;
      readonly question?: Question;
      readonly followed: readonly string[];
    };

type Found = Extract<Trace, { is: "found" }>;

/**
 * Finds where an event's settings stand: in the event, in what Describe says of the resource, or in what either refers to.
 * `describe` asks for Describe's answer although the event holds some of them.
 */
export function trace(event: ApiCall | StateChange, subject: Subject, answers: Answers, describe: boolean): Trace {
  const start = describe ? fromDescribe(subject, answers) : fromEvent(event, subject);
  return start.is === "found" ? follow(start, subject, event, answers) : start;
}

function fromEvent(event: ApiCall | StateChange, { operation }: Subject): Found {
  const request = event.is === "state-change" ? event.detail : event.request;
  return {
    is: "found",
    settings: operation.settings,
    request: request === "omitted" ? {} : request,
    operation: operation.operation,
    followed: [],
    described: false,
  };
}

function fromDescribe({ describe, held, operation }: Subject, answers: Answers): Trace {
  if (!describe) {
    const because = "the record does not hold the settings, nor what is needed to look them up";
    return { is: "open", because, followed: [] };
  }
  const answer = answers.get(questionId(describe));
  if (answer?.is === "described" && isObject(answer.output)) {
    const settings = operation.settings.flatMap(({ describedAt, ...setting }) =>
      describedAt === null ? [] : [{ ...setting, path: describedAt ?? setting.path }],
    );
    const { output: request } = answer;
    const followed = held === "describe" ? [linkOf(describe)] : [];
    return { is: "found", settings, request, operation: operation.operation, followed, described: true };
  }
  const why =
    held === "partly" ? "the update leaves unchanged what it does not mention" : "the record does not hold it";
  if (answer === undefined) {
    return { is: "open", because: `${why}: ${describe.operation} tells`, question: describe, followed: [] };
  }
  const told = answer.is === "unknown" ? answer.because : "no answer";
  return { is: "open", because: `${why}; ${describe.operation}: ${told}`, followed: [] };
}

function linkOf({ operation, input }: Extract<Question, { ask: "describe" }>): string {
  const name = Object.values(input).at(-1) ?? "";
  return `${operation} ${name.startsWith("arn:") ? name.slice(name.indexOf("/") + 1) : name}`;
}

/** Follows the references of an operation one after the other, each from what the one before led to. */
function follow(start: Found, { operation: row }: Subject, event: ApiCall | StateChange, answers: Answers): Trace {
  if (!row.refersTo) return start;
  let found = start;
  let source: JsonObject = event.is === "call" ? { ...event.response, ...start.request } : start.request;
  for (const reference of row.refersTo) {
    const name = nameAt(reference, source);
    if (name === undefined) continue;
    const { account, region } = event;
    const input = { [reference.as]: name };
    const question = { ask: "describe", operation: reference.describe, input, account, region } as const;
    const followed = [...found.followed, linkOf(question)];
    const answer = answers.get(questionId(question));
    if (answer?.is !== "described" || !isObject(answer.output)) {
      const told = answer?.is === "unknown" ? `: ${answer.because}` : " tells";
      const because = `it is held by what ${reference.at} names: ${linkOf(question)}${told}`;
      return { is: "open", because, followed, ...(answer === undefined ? { question } : {}) };
    }
    source = answer.output;
    const operation = reference.describe.replace("Describe", "Create");
    found = { ...found, settings: reference.settings, request: source, operation, followed };
  }
  return found;
}

function nameAt({ at, when }: Reference, source: JsonObject): string | undefined {
  if (when && !isSo(when, source)) return undefined;
  const [found] = collect(source, at);
  return typeof found?.value === "string" ? found.value : undefined;
}

const isSo = (condition: Condition, source: JsonObject): boolean =>
  condition.is === "equals" &&
  collect(source, condition.path).some(({ value }) => scalar(value) === String(condition.value));
