import { ownText, type SafeText } from "../../text/safe-text.ts";
import type { Quote } from "../../text/untrusted.ts";
import type { Circumstance } from "../model/subject.ts";

/** ` when IsProd is false and InstanceType is ml.m5.large`; empty without circumstances. */
export function sayUnder(under: readonly Circumstance[] | undefined, quote: Quote): SafeText {
  if (under === undefined || under.length === 0) return ownText("");
  return ownText(` when ${under.map((one) => sayOne(one, quote)).join(" and ")}`);
}

function sayOne(one: Circumstance, quote: Quote): string {
  if ("condition" in one) return `${quote(one.condition, 100)} is ${one.is}`;
  if ("parameter" in one) return `${quote(one.parameter, 100)} is ${one.is === "" ? "empty" : quote(one.is, 100)}`;
  return `the parameters are those of ${quote(one.parameters, 200)}`;
}
