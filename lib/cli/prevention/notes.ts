import type { Policy } from "../../policy/schema.ts";
import type { LeftOut } from "../../prevent/statements.ts";
import { complain } from "../terminal/terminal.ts";

/** Today in UTC, as exemptions have their last day: `2027-03-31`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Notes on standard error: the exemptions in the documents, which do not expire there, and those that cannot be. */
export function noteExemptions({ exemptions }: Policy, leftOut: readonly LeftOut[]): void {
  const names = [...new Set(leftOut.map(({ exemption }) => exemption))];
  for (const name of names) {
    const operations = [...new Set(leftOut.filter((one) => one.exemption === name).map(({ operation }) => operation))];
    complain(
      `exemption "${name}" covers calls that no condition shows, so no call is denied for ${operations.join(", ")}`,
    );
  }
  const live = exemptions.map(({ expires }) => expires).filter((expires) => expires >= today());
  const [first] = live.sort();
  if (first !== undefined) {
    complain(`the documents exempt as of today; print and attach them again after ${first}, when an exemption expires`);
  }
}
