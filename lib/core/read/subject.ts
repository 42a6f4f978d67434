import { followed, operation } from "../../catalogue/find-operation.ts";
import { isLookedUp, kindOf } from "../../catalogue/kinds.ts";
import type { Kind } from "../../catalogue/vocabulary.ts";
import { isArn, nameInArn } from "../model/arn.ts";
import type { JsonObject } from "../model/json.ts";
import { text } from "../model/member.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";

/** Finds the resource of an event and its row in the catalogue; `undefined` if the operation has no row. */
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
  const name = nameIn(nameMember, request, call.response) ?? (arn ? nameInArn(arn) : null);
  return {
    operation: row,
    kind,
    resource: { kind: kind.kind, name, arn: arn ?? null },
    describe: describeLookUp(kind, call, [request, call.response, name === null ? NOTHING : { [nameMember]: name }]),
    heldIn: follows || call.request === "omitted" ? "describe" : row.partial ? "partly" : "event",
  };
}

const NOTHING: JsonObject = {};

/** The name of the resource. A request may give its ARN instead, which ends with the name. */
function nameIn(member: string, request: JsonObject, response: JsonObject): string | undefined {
  const found = text(request, member) ?? text(response, member);
  return found !== undefined && isArn(found) ? nameInArn(found) : found;
}

/** The resource's ARN, from the response. It is never built from the name: the case of its letters may differ. */
function arnIn(response: JsonObject, member: string): string | undefined {
  const own = text(response, member);
  if (own !== undefined && isArn(own)) return own;
  for (const name of Object.keys(response)) {
    const value = response[name];
    const mayBeArn = name === "arn" || name.endsWith("Arn");
    if (mayBeArn && typeof value === "string" && isArn(value)) return value;
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
