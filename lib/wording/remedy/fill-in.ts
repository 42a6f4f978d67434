import type { SafeText } from "../../text/safe-text.ts";
import { shellWord } from "../../text/shell-word.ts";

/** Marks each place in a snippet that the reader has to replace. One word for shell, Python, YAML and ARNs alike. */
export const FILL_IN = "FILL-IN";

/** Where the event happened: null where the record lacks it. */
export interface Place {
  readonly account: string | null;
  readonly region: string | null;
}

/** The Region for a snippet. */
export const regionIn = ({ region }: Place): SafeText | typeof FILL_IN => shellWord(region ?? undefined) ?? FILL_IN;

/** The ARN of a key that the reader fills in, in the account and the Region of the event. */
export function keyToFillIn(place: Place): string {
  const region = regionIn(place);
  return `arn:${partitionOf(region)}:kms:${region}:${accountIn(place)}:key/${FILL_IN}`;
}

/** The ARN of a role that the reader fills in. */
export const roleToFillIn = (place: Place): string =>
  `arn:${partitionOf(regionIn(place))}:iam::${accountIn(place)}:role/${FILL_IN}`;

const accountIn = ({ account }: Place): string => (/^\d{12}$/.test(account ?? "") && account) || FILL_IN;

/** The partitions by the beginning of their Regions' names (AWS General Reference, "Amazon Resource Names"). */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
/** The shortest of the API's limits on a name: that of a tuning job and an AutoML job (API Reference). */
const SURE_LENGTH = 32;

/**
 * A name for the corrected resource. A name with no dash stays without one, because a partner app's may have none. It
 * is longer than the given one only where every limit of the API allows it.
 */
export function newName(name: string | undefined): string {
  if (name === undefined || !NAME.test(name) || shellWord(name) === undefined) return FILL_IN;
  const suffix = name.includes("-") ? "-2" : "v2";
  const room = Math.max(SURE_LENGTH, name.length) - suffix.length;
  const start = name.slice(0, room).replace(/[_-]+$/, "");
  return `${start}${suffix}` === name ? `${start}${suffix.slice(0, -1)}3` : `${start}${suffix}`;
}
