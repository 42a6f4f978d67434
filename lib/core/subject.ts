import { kindOf } from "../catalogue/kinds.ts";
import { followed, operation } from "../catalogue/lookup.ts";
import type { Kind, Operation, Setting } from "../catalogue/vocabulary.ts";
import { isObject, text } from "./member.ts";
import type { Answers } from "./question.ts";
import { questionId } from "./question.ts";
import type { ApiCall, JsonObject, Question, Resource, StateChange } from "./types.ts";

/** What an event is about: the catalogue's facts of it, and how to look it up. */
export interface Subject {
  readonly operation: Operation;
  readonly kind: Kind;
  readonly resource: Resource;
  readonly describe: Extract<Question, { ask: "describe" }> | undefined;
  /** The settings are in the event, in the event as far as they change, or only in Describe's answer. */
  readonly held: "event" | "partly" | "describe";
}

/** Finds the catalogue's row of an event; `undefined` when it has none. */
export function subjectOf(event: ApiCall | StateChange): Subject | undefined {
  return event.is === "state-change" ? ofStateChange(event) : ofCall(event);
}

function ofStateChange(event: StateChange): Subject | undefined {
  const row = operation("CreateNotebookInstance");
  if (!row) return undefined;
  const kind = kindOf(row.kind);
  return {
    operation: row,
    kind,
    resource: { kind: kind.kind, name: event.name, arn: event.arn ?? null },
    describe: describeQuestion(kind, event, [event.detail]),
    held: text(event.detail, "KmsKeyId") === undefined ? "describe" : "event",
  };
}

function ofCall(call: ApiCall): Subject | undefined {
  const follows = followed(call.eventName);
  const row = operation(follows?.settingsOf ?? call.eventName);
  if (!row) return undefined;
  const kind = kindOf(row.kind);
  const request = call.request === "omitted" ? {} : call.request;
  const arn = arnIn(call.response);
  const nameMember = follows?.name ?? row.name;
  const name =
    text(request, nameMember) ?? text(call.response, nameMember) ?? (arn ? arn.slice(arn.indexOf("/") + 1) : null);
  return {
    operation: row,
    kind,
    resource: { kind: kind.kind, name, arn: arn ?? null },
    describe: describeQuestion(kind, call, [request, call.response, name === null ? {} : { [nameMember]: name }]),
    held: follows || call.request === "omitted" ? "describe" : row.partial ? "partly" : "event",
  };
}

/** An ARN is never built from a name, whose case it may have changed: it is what the call answered, or Describe's. */
function arnIn(response: JsonObject): string | undefined {
  const entries = Object.entries(response).filter(([name]) => /(^a|A)rn$/.test(name));
  return entries.map(([, value]) => value).find((value) => typeof value === "string" && value.startsWith("arn:")) as
    | string
    | undefined;
}

function describeQuestion(
  kind: Kind,
  { account, region }: { account: string; region: string },
  sources: readonly JsonObject[],
): Subject["describe"] {
  const input: Record<string, string> = {};
  for (const [name, members] of Object.entries(kind.describe.input)) {
    const value = members.flatMap((from) => sources.map((source) => text(source, from))).find(Boolean);
    if (value === undefined) return undefined;
    input[name] = value;
  }
  return { ask: "describe", operation: kind.describe.operation, input, account, region };
}

/** What stands in for the request once Describe has answered, with the settings at the paths that Describe uses. */
export function described(
  subject: Subject,
  answers: Answers,
): { settings: Setting[]; request: JsonObject } | undefined {
  const answer = subject.describe && answers.get(questionId(subject.describe));
  if (answer?.is !== "described" || !isObject(answer.output)) return undefined;
  const settings = subject.operation.settings.flatMap(({ describedAt, ...setting }) =>
    describedAt === null ? [] : [{ ...setting, path: describedAt ?? setting.path }],
  );
  return { settings, request: answer.output };
}
