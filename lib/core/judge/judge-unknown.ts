import { documentMember, isCreating, withoutDataGroup } from "../../catalogue/without-data/list.ts";
import { defined } from "../model/defined.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isBlank, isObject, lowered, member, text } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, StateChange } from "../model/types.ts";

/** Maps with keys that the caller chooses. Such a key is never a SageMaker member. */
const FREE_TEXT = /^(environment|hyperParameters|staticHyperParameters|tags|customerMetadataProperties|properties)$/i;
const MAX_DEPTH = 32;

/**
 * Judges a call of an operation that is not in the catalogue, because SageMaker gets new operations every month. The
 * call is undetermined if it names a key, or if it creates something and is not on the reviewed list of operations
 * without data at rest. It is reported only.
 */
export function judgeUnknownOperation(event: ApiCall | StateChange): Judgement {
  const name = (event.is === "call" && event.operation) || event.eventName;
  const given = event.is === "call" && event.request !== "omitted" ? event.request : {};
  const settings = keyMembers(withDocument(name, given), "", 0).map(({ path, value }) => ({
    path,
    protects: "unknown",
    is: "undetermined" as const,
    ...defined({ key: typeof value === "string" && !isBlank(value) ? value : undefined }),
    reason: UNKNOWN,
  }));
  const harmless = settings.length === 0 ? whyHarmless(name, given) : undefined;
  if (harmless) return { event, resource: null, verdict: "ignored", reason: harmless, settings: [], lookUps: [] };
  return {
    event,
    resource: { kind: "unknown", name: null, arn: null },
    verdict: "undetermined",
    reason: UNKNOWN,
    settings,
    lookUps: [],
  };
}

const UNKNOWN: Reason = { code: "unknown-operation" };

/** The reason why a call without a key member stores no data; `undefined` if it may store some. */
function whyHarmless(operation: string, request: JsonObject): Reason | undefined {
  const group = withoutDataGroup(operation);
  if (!group) return isCreating(operation) ? undefined : { code: "takes-no-key" };
  const { because, unless } = group;
  const storesData = unless !== undefined && !isBlank(member(request, unless));
  return storesData ? undefined : { code: "without-data", because };
}

/** The request, in which a member with JSON text is replaced by its parsed value. Text that is not JSON stays. */
function withDocument(operation: string, request: JsonObject): JsonObject {
  const name = documentMember(operation);
  const document = name === undefined ? undefined : text(request, name);
  if (name === undefined || document === undefined) return request;
  try {
    return { ...request, [lowered(name)]: JSON.parse(document) as Json };
  } catch {
    return request;
  }
}

/** The members whose names contain `kms` or `encrypt`, each with its path. */
function keyMembers(node: Json, at: string, depth: number): { path: string; value: Json }[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(node)) return node.flatMap((element: Json, i) => keyMembers(element, `${at}[${i}]`, depth + 1));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    if (FREE_TEXT.test(name)) return [];
    const path = `${at}${at === "" ? "" : "."}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const named = /^[a-z][a-z0-9]*$/i.test(name) && /kms|encrypt/i.test(name) && !isObject(value);
    return named ? [{ path, value }] : keyMembers(value, path, depth + 1);
  });
}
