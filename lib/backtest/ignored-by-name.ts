import { operationName } from "../catalogue/services.ts";
import { parse } from "../core/read/parse.ts";

const byName = new Map<string, boolean>();
/** Records may name anything; the names of SageMaker's operations are far fewer. */
const MAX_NAMES = 10_000;

/**
 * Whether a call is ignored for its name alone, such as `DescribeTrainingJob`: then its record need not be parsed. The
 * core decides it, from a record that has only a name.
 */
export function isIgnoredByName(eventName: string, eventSource: string): boolean {
  const name = operationName(eventSource, eventName);
  const known = byName.get(name);
  if (known !== undefined) return known;
  const isIgnored = parse({ eventSource, eventName }).is === "ignored";
  if (byName.size < MAX_NAMES) byName.set(name, isIgnored);
  return isIgnored;
}
