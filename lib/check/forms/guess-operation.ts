import { longerNames } from "../../catalogue/longer-names.ts";
import { operations } from "../../catalogue/operations.ts";
import { serviceOf } from "../../catalogue/services.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import type { JsonObject } from "../../core/model/types.ts";
import { judgedOperations, normalised } from "../model/judged-operations.ts";

/** The operation that a request is for, as far as its file shows. */
export type OperationGuess =
  | { readonly is: "operation"; readonly operation: string }
  /** An operation that takes no key. */
  | { readonly is: "takes-no-key"; readonly operation: string }
  | { readonly is: "several"; readonly candidates: readonly string[] }
  | { readonly is: "unknown" };

/** Members of the other services (`name`, `Arn`) are in any file. */
const rows: readonly Operation[] = operations.filter(({ operation }) => serviceOf(operation).service === "sagemaker");

/** Members that files of other services have too: alone they do not show a SageMaker request. */
const COMMON = ["ClusterName", "DomainId", "DomainName", "JobName", "Name"];

/** The operation that a file's name contains; the longest where several match. */
export function guessByFileName(file: string): OperationGuess {
  const [longest] = [...judgedOperations, ...longerNames]
    .filter((one) => normalised(file).includes(normalised(one)))
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return { is: "unknown" };
  return { is: longerNames.includes(longest) ? "takes-no-key" : "operation", operation: longest };
}

/**
 * The operation that a request's members show: by the member that names the resource, and where several operations have
 * that member, by the members that hold keys. `strict` does not count members that files of other services have too.
 */
export function guessByMembers(request: JsonObject, strict: boolean): OperationGuess {
  const has = (name: string) => Object.hasOwn(request, name);
  const byName = rows.filter(({ name }) => has(name));
  const byKeys = byName.filter((row) => keyMembersOf(row).some(has));
  const bySpecificName = strict ? byName.filter(({ name }) => !COMMON.includes(name)) : byName;
  const candidates = byKeys.length > 0 ? byKeys : bySpecificName;
  const [first, ...more] = candidates.map(({ operation }) => operation);
  if (first === undefined) return { is: "unknown" };
  return more.length === 0 ? { is: "operation", operation: first } : { is: "several", candidates: [first, ...more] };
}

/** The top-level members that hold a request's keys. */
const keyMembersOf = ({ settings, oneOf = [] }: Operation): string[] =>
  [...settings.map(({ path }) => path), ...oneOf].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path);
