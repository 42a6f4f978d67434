import { longerNames } from "../catalogue/longer-names.ts";
import { operations } from "../catalogue/operations.ts";
import type { Operation } from "../catalogue/vocabulary.ts";
import { CliError } from "../cli/terminal/cli-error.ts";
import type { JsonObject } from "../core/model/types.ts";
import { didYouMean } from "../text/did-you-mean.ts";

export type Told =
  | { readonly is: "told"; readonly operation: string }
  /** An operation without keys. */
  | { readonly is: "keyless"; readonly operation: string }
  | { readonly is: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly is: "unknown" };

const rows: readonly Operation[] = operations;
const JUDGED = [...new Set([...rows.map(({ operation }) => operation), "CreatePipeline"])];

/** Members that other services' files have as well, and that prove nothing by themselves. */
const COMMON = ["ClusterName", "DomainId", "DomainName", "JobName", "Name"];

/** `create-training-job` and `CreateTrainingJob` alike. */
const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();

/** The operation that `--operation` names, as the API spells it. */
export function namedOperation(name: string): string {
  const found = JUDGED.find((one) => plain(one) === plain(name));
  if (found !== undefined) return found;
  const hint = didYouMean(name, JUDGED) || "; see keyward catalogue for those that can hold a key";
  throw new CliError(`--operation ${name} is not in the catalogue${hint}`);
}

/** The operation whose name stands in a file's name. */
export function operationInName(file: string): Told {
  const [longest] = [...JUDGED, ...longerNames]
    .filter((one) => plain(file).includes(plain(one)))
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return { is: "unknown" };
  return { is: longerNames.includes(longest) ? "keyless" : "told", operation: longest };
}

/**
 * The operation that a request's members give away: by the one that names its resource, and where several have that, by
 * those that hold keys. `wary` of members that other services' files have as well.
 */
export function operationInside(request: JsonObject, wary: boolean): Told {
  const has = (name: string) => Object.hasOwn(request, name);
  const byName = rows.filter(({ name }) => has(name));
  const byKeys = byName.filter((row) => rootsOf(row).some(has));
  const sure = wary ? byName.filter(({ name }) => !COMMON.includes(name)) : byName;
  const candidates = byKeys.length > 0 ? byKeys : sure;
  const [only, ...more] = candidates.map(({ operation }) => operation);
  if (only === undefined) return { is: "unknown" };
  return more.length === 0 ? { is: "told", operation: only } : { is: "ambiguous", candidates: [only, ...more] };
}

/** The members that hold a request's keys. */
const rootsOf = ({ settings, oneOf = [] }: Operation): string[] =>
  [...settings.map(({ path }) => path), ...oneOf].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path);
