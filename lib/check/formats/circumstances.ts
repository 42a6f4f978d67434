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
  if ("isNot" in one) return `${quote(one.parameter, 100)} is not ${sayAny(one.isNot, quote)}`;
  if ("parameter" in one) return `${quote(one.parameter, 100)} is ${sayValue(one.is, quote)}`;
  return `the parameters are those of ${quote(one.parameters, 200)}`;
}

const sayValue = (value: string, quote: Quote): string => (value === "" ? "empty" : quote(value, 100));

/** `dev, test or prod`; of many values only the first ones. */
function sayAny(values: readonly string[], quote: Quote): string {
  const said = values.slice(0, MAX_VALUES).map((value) => sayValue(value, quote));
  if (values.length > MAX_VALUES) return `${said.join(", ")} or ${values.length - MAX_VALUES} others`;
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} or ${said.at(-1)}`;
}

const MAX_VALUES = 3;
