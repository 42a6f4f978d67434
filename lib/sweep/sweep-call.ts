import { createHash } from "node:crypto";
import { kindOf } from "../catalogue/kinds.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import { isObject, text } from "../core/model/member.ts";
import type { ApiCall, JsonObject } from "../core/model/types.ts";
import type { Ports } from "../ports/ports.ts";

/** A summary as the call that made the resource, its parameters left out: Describe is asked for them. */
export function callOf(
  item: JsonObject,
  { kind, operation }: Listing,
  { account, region, ports }: { readonly account: string; readonly region: string; readonly ports: Pick<Ports, "now"> },
): ApiCall {
  const { describe } = kindOf(kind);
  const named = [...Object.keys(describe.input), describe.arn, "DomainName", "Name"];
  const response = Object.fromEntries(
    named.flatMap((name) => (text(item, name) ? [[name, text(item, name) ?? ""]] : [])),
  );
  const arn = response[describe.arn];
  const made = (item.CreationTime as unknown) instanceof Date ? (item.CreationTime as unknown as Date) : undefined;
  const seenAt = ports.now().toISOString();
  return {
    is: "call",
    eventID: `sweep-${createHash("sha256")
      .update(JSON.stringify([response, made]))
      .digest("hex")
      .slice(0, 32)}`,
    eventName: operation,
    eventTime: made?.toISOString() ?? seenAt,
    account: arn?.split(":")[4] || account,
    region,
    principal: "unknown",
    request: "omitted",
    response,
    seenAt,
    ...(isObject(item.WarmPoolStatus) ? { warmPool: true } : {}),
  };
}
