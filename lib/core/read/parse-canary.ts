import { CANARY_CALL, CANARY_DETAIL_TYPE, CANARY_SOURCE, type Canary, canaryName } from "../model/canary.ts";
import type { JsonObject } from "../model/json.ts";
import { isObject, text } from "../model/member.ts";
import { parse } from "./parse.ts";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const ID = new RegExp(`^${UUID}$`);
const NAME = new RegExp(`^${canaryName(`(${UUID})`)}$`);

/**
 * Whether an event is a canary: a test of the path. Accepts every value and never throws. Everything but a strict id is
 * left out, so a canary can carry nothing; an event that is almost one is no canary, and `parse` ignores it.
 */
export function parseCanary(event: unknown): Canary | undefined {
  if (!isObject(event)) return undefined;
  switch (text(event, "source")) {
    case CANARY_SOURCE:
      return text(event, "detail-type") === CANARY_DETAIL_TYPE ? made("event", text(event.detail, "id")) : undefined;
    // PutEvents takes no source of AWS, and the queue takes no rule but the stack's: only its own schedule is this.
    case "aws.events":
      return text(event, "detail-type") === "Scheduled Event" ? made("schedule", text(event, "id")) : undefined;
    case "aws.sagemaker":
      return text(event.detail, "eventName") === CANARY_CALL ? ofCall(event) : undefined;
    default:
      return undefined;
  }
}

const made = (is: Canary["is"], id: string | undefined): Canary | undefined =>
  id !== undefined && ID.test(id) ? { is, id } : undefined;

/** A successful call whose resource has the marked name. */
function ofCall(event: JsonObject): Canary | undefined {
  const call = parse(event);
  if (call.is !== "call" || call.request === "omitted") return undefined;
  return made("call", NAME.exec(text(call.request, "notebookInstanceLifecycleConfigName") ?? "")?.[1]);
}
