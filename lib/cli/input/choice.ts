import { didYouMean } from "../../text/did-you-mean.ts";
import { CliError } from "../terminal/cli-error.ts";

/** The value of an option with a fixed set of values. Throws a CliError that lists them, or suggests the likely one. */
export function choice<T extends string>(option: string, value: string, values: readonly T[]): T {
  const found = values.find((known) => known === value);
  if (found !== undefined) return found;
  const only = values.length === 1 ? `; there is ${option} ${values[0]}` : undefined;
  throw new CliError(
    `${option} ${value} is not known${only ?? (didYouMean(value, values) || `; there are ${values.join(", ")}`)}`,
  );
}
