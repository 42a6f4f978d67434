import { longerNames } from "../../catalogue/longer-names.ts";
import { operations } from "../../catalogue/operations.ts";
import { serviceOf } from "../../catalogue/services.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";
import type { JsonObject } from "../../core/model/json.ts";
import { judgedOperations, normalised } from "../model/judged-operations.ts";

/** The operation of a request, as its file shows it. */
export type OperationGuess =
  | { readonly is: "operation"; readonly operation: string }
  /** An operation that takes no key. */
  | { readonly is: "takes-no-key"; readonly operation: string }
  | { readonly is: "several"; readonly candidates: readonly string[] }
  | { readonly is: "unknown" };

/** SageMaker's own operations. The other services have members, such as `name`, that many unrelated files have too. */
const rows: readonly Operation[] = operations.filter(({ operation }) => serviceOf(operation).service === "sagemaker");

/** Members that requests of other AWS services have too. They do not prove that a request is SageMaker's. */
const COMMON = ["ClusterName", "DomainId", "DomainName", "JobName", "Name"];

/** Finds the operation whose name is in the file's name; the longest if there are several. */
export function guessByFileName(file: string): OperationGuess {
  const [longest] = [...judgedOperations, ...longerNames]
    .filter((one) => normalised(file).includes(normalised(one)))
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return { is: "unknown" };
  return { is: longerNames.includes(longest) ? "takes-no-key" : "operation", operation: longest };
}

/**
 * Finds the operation by the request's members: by the member that names the resource. If several operations have that
 * member, the members with keys decide. `strict`: ignores name members that other AWS services have too.
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

/** The top-level members of a request that contain its keys. */
const keyMembersOf = ({ settings, oneOf = [] }: Operation): string[] =>
  [...settings.map(({ path }) => path), ...oneOf].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path);
