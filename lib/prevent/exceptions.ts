import { operation as findOperation } from "../catalogue/find-operation.ts";
import { reaches } from "../catalogue/prevention/reaches.ts";
import { ALSO_AUTHORISED, ARN_PREFIX, NAMED_BY_ID } from "../catalogue/prevention/resources.ts";
import type { Operation } from "../catalogue/vocabulary.ts";
import { parseArn } from "../core/model/arn.ts";
import { matchesPattern } from "../core/model/wildcard.ts";
import type { Exemption } from "../policy/schema.ts";
import { iamPattern } from "./iam-pattern.ts";
import { waysPast } from "./past-principal.ts";
import { product, type Way } from "./way.ts";

/** Whether an exemption can be written into a statement. `ways`: the ways for a call not to be covered by it. */
export type Exception =
  | { readonly is: "ways"; readonly ways: readonly Way[] }
  /** The exemption covers no call of the operation. */
  | { readonly is: "none" }
  | { readonly is: "not-expressible" };

type Match = Exemption["match"];

/** A setting, as an exemption names it. */
export interface Exempted {
  readonly path: string;
  readonly protects: string;
}

/**
 * The ways for a call of the operation not to be covered by an exemption. If the exemption covers one of the settings of
 * a condition key, it counts for all of them: no exempt call may be denied.
 */
export function exceptionOf({ match }: Exemption, operation: Operation, settings: readonly Exempted[]): Exception {
  if (!matchesOne(match.kind, operation.kind) || !settings.some((setting) => names(match.setting, setting)))
    return NONE;
  const isUpdate = operation.operation.startsWith("Update");
  // Such an exemption is for checks of files, and covers no call.
  if (match.file !== undefined || match.address !== undefined) return NONE;
  // The request of an update has no tags.
  if (match.tag && isUpdate) return NONE;
  const isNamed = match.name !== undefined || match.arn !== undefined;
  if (isNamed && NAMED_BY_ID.includes(operation.kind) && !isUpdate) return { is: "not-expressible" };
  if (!listOf(match.arn).every(namesItsType)) return { is: "not-expressible" };
  return { is: "ways", ways: waysOf(match) };
}

/** IAM matches no wildcard in the type of a resource (IAM User Guide, "IAM JSON policy elements: Resource"). */
const namesItsType = (pattern: string): boolean => /^[^*/]+\//.test(parseArn(pattern)?.resource ?? "");

const NONE: Exception = { is: "none" };

/** The call is not covered if at least one member of the match does not match. */
function waysOf({ kind, name, arn, account, region, principal, tag }: Match): readonly Way[] {
  const ways: Way[] = [];
  if (name !== undefined) ways.push({ notResources: resourcesNamed(listOf(name), typesOf(kind)) });
  if (arn !== undefined) ways.push({ notResources: [...listOf(arn).map(iamPattern), ...ALSO_USED] });
  if (account !== undefined) ways.push(notLike("aws:PrincipalAccount", listOf(account)));
  if (region !== undefined) ways.push(notLike("aws:RequestedRegion", listOf(region)));
  if (principal !== undefined) ways.push(...waysPastAll(principal));
  if (tag) ways.push(notLike(`aws:RequestTag/${tag.key}`, [tag.value]), ...waysPastAll(tag["set-by"]));
  return ways;
}

const notLike = (key: string, patterns: readonly string[]): Way => ({
  conditions: { StringNotLike: { [key]: patterns.map(iamPattern) } },
});

export const waysPastAll = (patterns: string | readonly string[]): readonly Way[] =>
  product(listOf(patterns).map(waysPast));

const ALSO_USED = ALSO_AUTHORISED.map((type) => `arn:*:sagemaker:*:*:${type}/*`);

/** The types of resource in ARNs, of the kinds that a condition key reaches and an exemption is for. */
const typesOf = (kind: Match["kind"]): readonly string[] =>
  REACHED_KINDS.filter((name) => matchesOne(kind, name)).map((name) => ARN_PREFIX[name] ?? name);

const REACHED_KINDS = [
  ...new Set(reaches.flatMap(({ operations }) => operations.map((name) => findOperation(name)?.kind ?? ""))),
];

/** The ARNs of resources with one of the names. SageMaker writes some names in lower case in ARNs. */
function resourcesNamed(names: readonly string[], types: readonly string[]): readonly string[] {
  const spelled = new Set(names.flatMap((name) => [name, name.toLowerCase()]).map(iamPattern));
  return [...types.flatMap((type) => [...spelled].map((name) => `arn:*:sagemaker:*:*:${type}/${name}`)), ...ALSO_USED];
}

function names(patterns: Match["setting"], { path, protects }: Exempted): boolean {
  if (patterns === undefined) return true;
  const list = listOf(patterns).map((pattern) => pattern.replace(/\[[^\]]*\]/g, "[]"));
  return list.some((pattern) => matchesPattern(pattern, path) || matchesPattern(pattern, protects));
}

const matchesOne = (patterns: Match["kind"], value: string): boolean =>
  patterns === undefined || listOf(patterns).some((pattern) => matchesPattern(pattern, value));

const listOf = (patterns: string | readonly string[] | undefined): readonly string[] =>
  patterns === undefined ? [] : typeof patterns === "string" ? [patterns] : patterns;
