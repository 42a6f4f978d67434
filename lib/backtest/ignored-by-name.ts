import { parse } from "../core/read/parse.ts";

const byName = new Map<string, boolean>();
/** Records may name anything; the names of SageMaker's operations are far fewer. */
const MAX_NAMES = 10_000;

/**
 * Whether a SageMaker call is ignored for its name alone, such as `DescribeTrainingJob`: then its record need not be
 * parsed. The core decides it, from a record that has only a name.
 */
export function isIgnoredByName(eventName: string): boolean {
  const known = byName.get(eventName);
  if (known !== undefined) return known;
  const isIgnored = parse({ eventSource: "sagemaker.amazonaws.com", eventName }).is === "ignored";
  if (byName.size < MAX_NAMES) byName.set(eventName, isIgnored);
  return isIgnored;
}
