import { readdirSync, readFileSync } from "node:fs";
import type { CheckedResource } from "../../lib/check/model/result.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { isObject } from "../../lib/core/model/member.ts";

/** The operations of SageMaker's own API that have events. */
export const operationsWithEvents: readonly string[] = readdirSync("events").filter((name) => /^[A-Z]/.test(name));

/** The requests of the events that come with Keyward, in API spelling. */
export const requestsOf = (operation: string): JsonObject[] =>
  readdirSync(`events/${operation}`).flatMap((file) => {
    const event = JSON.parse(readFileSync(`events/${operation}/${file}`, "utf8"));
    const request = (event.detail ?? event).requestParameters;
    return isObject(request) ? [asApi(request) as JsonObject] : [];
  });

function asApi(value: Json): Json {
  if (Array.isArray(value)) return value.map(asApi);
  if (!isObject(value)) return value;
  const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [upper(name), asApi(inner)]));
}

/** What two forms of the same request must have in common. */
export const summaryOf = (found: CheckedResource | undefined) => ({
  verdict: found?.verdict,
  settings: found?.settings.map(({ path, is, reason }) => [path, is, reason]),
});
