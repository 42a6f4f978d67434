import { createHash } from "node:crypto";
import { kindOf } from "../catalogue/kinds.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import { parseArn } from "../core/model/arn.ts";
import { defined } from "../core/model/defined.ts";
import type { JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import type { ApiCall } from "../core/model/types.ts";
import type { Ports } from "../ports/ports.ts";

/** When a listed resource was created. */
export function createdAtOf({ CreationTime }: JsonObject): Date | undefined {
  // The SDK parses times.
  const time: unknown = CreationTime;
  return time instanceof Date ? time : undefined;
}

/** Makes the call that created a listed resource, without its parameters: Describe returns them. */
export function callOf(
  item: JsonObject,
  { kind, operation }: Listing,
  { account, region, ports }: { readonly account: string; readonly region: string; readonly ports: Pick<Ports, "now"> },
): ApiCall {
  const { describe } = kindOf(kind);
  const members = [...Object.keys(describe.input), describe.arn, "DomainName", "Name"];
  const response = Object.fromEntries(
    members.flatMap((name) => {
      const value = text(item, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const createdAt = createdAtOf(item);
  const seenAt = ports.now().toISOString();
  return {
    is: "call",
    eventID: `sweep-${digestOf([response, createdAt])}`,
    eventName: operation,
    eventTime: createdAt?.toISOString() ?? seenAt,
    account: parseArn(response[describe.arn] ?? "")?.account || account,
    region,
    principal: "unknown",
    request: "omitted",
    response,
    seenAt,
    ...defined({ warmPool: isObject(item.WarmPoolStatus) ? (true as const) : undefined }),
  };
}

const digestOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
