import { randomUUID } from "node:crypto";
import type { JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import type { Clock } from "./clock.ts";
import { matches } from "./event-pattern.ts";
import type { Queue } from "./sqs.ts";
import type { Service } from "./wire.ts";

/** The default event bus. */
export interface Bus {
  readonly rules: { readonly pattern: object; readonly queue: Pick<Queue, "send"> }[];
  /** Sends an event to the queues of the rules that match it. */
  put(event: JsonObject): void;
}

export function createBus(): Bus {
  const rules: Bus["rules"] = [];
  return {
    rules,
    put(event) {
      for (const { pattern, queue } of rules) if (matches(pattern, event)) queue.send(JSON.stringify(event));
    },
  };
}

/** PutEvents, with the entries that it refuses (API Reference; the User Guide, "Error codes for PutEvents"). */
export function createEvents(account: string, clock: Clock, bus: Bus): Service {
  return ({ input, region }) => {
    const entries = (Array.isArray(input.Entries) ? input.Entries : []).filter(isObject);
    const Entries = entries.map((entry) => {
      const source = text(entry, "Source") ?? "";
      const detail = readDetail(text(entry, "Detail"));
      if (source.startsWith("aws."))
        return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
      if (!isObject(detail)) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
      const id = randomUUID();
      bus.put({
        version: "0",
        id,
        "detail-type": text(entry, "DetailType") ?? "",
        source,
        account,
        time: clock.now().toISOString(),
        region,
        resources: [],
        detail,
      });
      return { EventId: id };
    });
    return { json: { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length, Entries } };
  };
}

function readDetail(detail: string | undefined): unknown {
  try {
    return JSON.parse(detail ?? "");
  } catch {
    return undefined;
  }
}
