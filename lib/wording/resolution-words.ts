import type { Report, Resolution } from "../core/report/report.ts";
import { oneLine } from "../text/one-line.ts";

const number = (count: number): string => count.toLocaleString("en-US");

/** What one step does, such as "add account 444455556666 to keys.accounts: resolves 412 of 530". */
export function resolutionSentence({ of }: Report["resolutions"], step: Resolution): string {
  return `${stepWords(step)}: ${effectWords(step, of)}`;
}

function stepWords({ add, value = "" }: Resolution): string {
  switch (add) {
    case "keys.accounts":
      return `add account ${value} to keys.accounts`;
    case "keys.allow":
      return `add ${oneLine(value, 256)} to keys.allow`;
    case null:
      return "a look-up, which the function makes by itself";
    default:
      return add satisfies never;
  }
}

/** "resolves 412 of 530, and 60 more with other steps". */
export function effectWords({ resolves, neededBy }: Resolution, of: number): string {
  const more = neededBy - resolves;
  return `resolves ${number(resolves)} of ${number(of)}${more > 0 ? `, and ${number(more)} more with other steps` : ""}`;
}
