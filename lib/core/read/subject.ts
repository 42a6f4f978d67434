import { followed, operation } from "../../catalogue/find-operation.ts";
import { kindOf } from "../../catalogue/kinds.ts";
import type { Kind, Operation } from "../../catalogue/vocabulary.ts";
import { text } from "../model/member.ts";
import type { ApiCall, JsonObject, Question, Resource, StateChange } from "../model/types.ts";

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
  const arn = arnIn(call.response, kind.describe.arn);
  const nameMember = follows?.name ?? row.name;
  const name = nameIn(nameMember, request, call.response) ?? (arn ? arn.slice(arn.indexOf("/") + 1) : null);
  return {
    operation: row,
    kind,
    resource: { kind: kind.kind, name, arn: arn ?? null },
    describe: describeQuestion(kind, call, [request, call.response, name === null ? {} : { [nameMember]: name }]),
    held: follows || call.request === "omitted" ? "describe" : row.partial ? "partly" : "event",
  };
}

/** What is named by its ARN has its name in that ARN's end. */
function nameIn(member: string, request: JsonObject, response: JsonObject): string | undefined {
  const found = text(request, member) ?? text(response, member);
  return found?.startsWith("arn:") ? found.slice(found.indexOf("/") + 1) : found;
}

/** An ARN is never built from a name, whose case it may have changed: it is what the call answered, or Describe's. */
function arnIn(response: JsonObject, member: string): string | undefined {
  const own = text(response, member);
  if (own?.startsWith("arn:")) return own;
  const entries = Object.entries(response).filter(([name]) => /(^a|A)rn$/.test(name));
  return entries.map(([, value]) => value).find((value) => typeof value === "string" && value.startsWith("arn:")) as
    | string
    | undefined;
}

function describeQuestion(
  { source, describe: { operation: name, input: members, optional = {} } }: Kind,
  { account, region }: { account: string; region: string },
  sources: readonly JsonObject[],
): Subject["describe"] {
  // The SDK has no command to describe it with.
  if (source) return undefined;
  const find = (from: readonly string[]) =>
    from.flatMap((one) => sources.map((source) => text(source, one))).find(Boolean);
  const input: Record<string, string> = {};
  for (const [member, from] of Object.entries(members)) {
    const value = find(from);
    if (value === undefined) return undefined;
    input[member] = value;
  }
  for (const [member, from] of Object.entries(optional)) {
    const value = find(from);
    if (value !== undefined) input[member] = value;
  }
  return { ask: "describe", operation: name, input, account, region };
}
