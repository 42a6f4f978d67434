import { followed, operation } from "../../catalogue/find-operation.ts";
import { isLookedUp, kindOf } from "../../catalogue/kinds.ts";
import type { Kind } from "../../catalogue/vocabulary.ts";
import { text } from "../model/member.ts";
import type { ApiCall, JsonObject, StateChange, Subject } from "../model/types.ts";

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
    describe: describeLookUp(kind, event, [event.detail]),
    heldIn: text(event.detail, "KmsKeyId") === undefined ? "describe" : "event",
  };
}

function ofCall(call: ApiCall): Subject | undefined {
  const called = call.operation ?? call.eventName;
  const follows = followed(called);
  const row = operation(follows?.settingsOf ?? called);
  if (!row) return undefined;
  const kind = kindOf(row.kind);
  const request = call.request === "omitted" ? NOTHING : call.request;
  const arn = arnIn(call.response, kind.describe.arn);
  const nameMember = follows?.name ?? row.name;
  const name = nameIn(nameMember, request, call.response) ?? (arn ? arn.slice(arn.indexOf("/") + 1) : null);
  return {
    operation: row,
    kind,
    resource: { kind: kind.kind, name, arn: arn ?? null },
    describe: describeLookUp(kind, call, [request, call.response, name === null ? NOTHING : { [nameMember]: name }]),
    heldIn: follows || call.request === "omitted" ? "describe" : row.partial ? "partly" : "event",
  };
}

const NOTHING: JsonObject = {};

/** A resource that is named by its ARN has its name at the ARN's end. */
function nameIn(member: string, request: JsonObject, response: JsonObject): string | undefined {
  const found = text(request, member) ?? text(response, member);
  return found?.startsWith("arn:") ? found.slice(found.indexOf("/") + 1) : found;
}

/** An ARN is never built from a name, whose case it may have changed: it is the call's answer, or Describe's. */
function arnIn(response: JsonObject, member: string): string | undefined {
  const own = text(response, member);
  if (own?.startsWith("arn:")) return own;
  for (const name of Object.keys(response)) {
    const value = response[name];
    const isArn = name === "arn" || name.endsWith("Arn");
    if (isArn && typeof value === "string" && value.startsWith("arn:")) return value;
  }
  return undefined;
}

function describeLookUp(
  kind: Kind,
  { account, region }: { readonly account: string; readonly region: string },
  sources: readonly JsonObject[],
): Subject["describe"] {
  if (!isLookedUp(kind)) return undefined;
  const { operation: name, input: members, optional } = kind.describe;
  const input: Record<string, string> = {};
  for (const member in members) {
    const value = textIn(sources, members[member] ?? []);
    if (value === undefined) return undefined;
    input[member] = value;
  }
  for (const member in optional) {
    const value = textIn(sources, optional[member] ?? []);
    if (value !== undefined) input[member] = value;
  }
  return { ask: "describe", operation: name, input, account, region };
}

function textIn(sources: readonly JsonObject[], names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const source of sources) {
      const value = text(source, name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
