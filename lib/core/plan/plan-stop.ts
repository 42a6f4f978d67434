import { kindOf } from "../../catalogue/kinds.ts";
import { defined } from "../model/defined.ts";
import type { JsonObject } from "../model/json.ts";
import { scalar } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { ApiCall, Resource, StateChange } from "../model/types.ts";
import { isNew } from "./is-new.ts";
import type { Ordered, OrderSource, StopOrder } from "./orders.ts";

/** Makes the order to stop a resource. If it has a parent, the order is for the parent. */
export function planStop(source: OrderSource): Ordered<StopOrder> {
  const { event, subject, judgement } = source;
  if (judgement.parent) return planParentStop(source, judgement.parent);
  const { stop, kind } = subject.kind;
  if (!stop) return { skip: { code: "cannot-stop", kind } };
  const { describe } = subject;
  const resource = judgement.resource ?? subject.resource;
  const id = (stop.input.endsWith("Arn") && resource.arn) || describe?.input[stop.input] || resource.name;
  if (!id) return { skip: { code: "name-missing" } };
  const request = event.is === "call" && event.request !== "omitted" ? event.request : {};
  return {
    order: {
      resource,
      describe,
      account: event.account,
      region: event.region,
      operation: stop.operation,
      input: { [stop.input]: id },
      variants: collect(request, "ModelVariants[].VariantName").map(({ value }) => scalar(value)),
      endWarmPool: kind === "training-job" && keepsInstances(event, request),
      token: event.eventID,
      ...defined({ isNew: isNew(source) }),
    },
  };
}

function keepsInstances(event: ApiCall | StateChange, request: JsonObject): boolean {
  const keepAlive = Number(scalar(collect(request, "ResourceConfig.KeepAlivePeriodInSeconds")[0]?.value));
  return keepAlive > 0 || (event.is === "call" && event.warmPool === true);
}

function planParentStop({ event, subject }: OrderSource, parent: Resource): Ordered<StopOrder> {
  const { account, region, eventID } = event;
  const { stop, describe, kind } = kindOf(parent.kind);
  if (!stop) return { skip: { code: "cannot-stop-parent", kind } };
  if (subject.kind.keylessParents?.includes(kind)) return { skip: { code: "parent-takes-no-key", kind } };
  const byArn = stop.input.endsWith("Arn");
  const id = (byArn ? parent.arn : parent.name) ?? "";
  return {
    order: {
      resource: parent,
      describe: { operation: describe.operation, input: { [Object.keys(describe.input)[0] ?? ""]: id } },
      account,
      region,
      operation: stop.operation,
      input: { [stop.input]: id },
      variants: [],
      endWarmPool: false,
      token: eventID,
      ...defined({ nameFromArn: byArn ? undefined : (true as const) }),
    },
  };
}
