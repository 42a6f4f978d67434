import { isObject } from "../core/member.ts";

export type Expanded =
  | { readonly at: string; readonly event: unknown }
  | { readonly at: string; readonly fault: string };

/**
 * Takes events out of what they come wrapped in: a log file's `Records`, what `aws cloudtrail lookup-events` prints, an
 * SQS or SNS event of Lambda, arrays, and any of these within another.
 */
export function* expand(value: unknown, at: string): Generator<Expanded> {
  if (Array.isArray(value)) return yield* expandAll(value, at);
  if (!isObject(value)) return yield { at, event: value };
  if (Array.isArray(value.Records)) return yield* expandAll(value.Records, join(at, "Records"));
  if (Array.isArray(value.Events)) return yield* expandAll(value.Events, join(at, "Events"));
  if (typeof value.CloudTrailEvent === "string")
    return yield* expandText(value.CloudTrailEvent, join(at, "CloudTrailEvent"));
  if (typeof value.body === "string" && !Object.hasOwn(value, "eventName"))
    return yield* expandText(value.body, join(at, "body"));
  if (isObject(value.Sns) && typeof value.Sns.Message === "string")
    return yield* expandText(value.Sns.Message, join(at, "Sns.Message"));
  yield { at, event: value };
}

function* expandAll(values: readonly unknown[], at: string): Generator<Expanded> {
  for (const [i, value] of values.entries()) yield* expand(value, `${at}[${i}]`);
}

function* expandText(text: string, at: string): Generator<Expanded> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return yield { at, fault: "not JSON; it should hold an event as text" };
  }
  yield* expand(value, at);
}

const join = (at: string, name: string): string => (at === "" ? name : `${at}.${name}`);
