import { isObject } from "../core/model/member.ts";

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
  for (const name of ["CloudTrailEvent", "body"]) {
    const text = value[name];
    if (typeof text === "string" && !isEvent(value)) return yield* expandText(text, join(at, name));
  }
  const notification = isObject(value.Sns) ? value.Sns : value;
  if (typeof notification.Message === "string" && typeof notification.TopicArn === "string") {
    return yield* expandText(notification.Message, join(at, notification === value ? "Message" : "Sns.Message"));
  }
  yield { at, event: value };
}

const isEvent = (value: object): boolean => Object.hasOwn(value, "eventName") || Object.hasOwn(value, "detail-type");

function* expandAll(values: readonly unknown[], at: string): Generator<Expanded> {
  if (values.length === 0) yield { at, fault: "no event in it; give at least one" };
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

/** `Records[0].body`; a line's number is no part of the path. */
export function join(at: string, name: string): string {
  if (at === "") return name;
  return /^line \d+$/.test(at) ? `${at} ${name}` : `${at}.${name}`;
}
