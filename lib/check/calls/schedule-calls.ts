import { isBlank, isObject, text } from "../../core/model/member.ts";
import type { UnresolvedPlace } from "../model/subject.ts";
import type { CallReader } from "./call.ts";
import { parseCallText } from "./call-text.ts";
import { operationOf } from "./integration.ts";
import { pathIn } from "./state-machine.ts";
import { isAbout, type UnresolvedRequest, unknownRequest, unresolvedRequest } from "./unresolved-request.ts";

/**
 * The call of `AWS::Scheduler::Schedule`, whose target's `Input` has the request as text. Source: EventBridge Scheduler,
 * "Using universal targets".
 */
export const scheduleCalls: CallReader = (properties, unresolvedPlaces) => {
  const target = isObject(properties.Target) ? properties.Target : {};
  const operation = operationOf(text(target, "Arn") ?? "");
  if (operation === undefined) return { calls: [], isUnread: false };
  const place = unresolvedPlaces.find(({ path }) => path === "Target.Input");
  const input = isBlank(target.Input) ? {} : parseCallText(text(target, "Input") ?? "");
  const call = {
    name: undefined,
    place: "",
    at: [],
    operation,
    ...requestOf(input, place),
    settingAt: (path: string) => ["Target", "Input", ...pathIn(input, path)],
  };
  return { calls: [call], isUnread: false };
};

function requestOf(input: ReturnType<typeof parseCallText>, place: UnresolvedPlace | undefined): UnresolvedRequest {
  if (input)
    return unresolvedRequest(input, "none", (inner) => (place && isAbout(place, inner) ? place.reason : undefined));
  return unknownRequest(place?.expression ?? "", place?.reason ?? { code: "call-text-not-json" });
}
