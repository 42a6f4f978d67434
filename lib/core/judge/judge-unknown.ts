import { defined } from "../model/defined.ts";
import { isBlank, isObject, text } from "../model/member.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Json, JsonObject, Judgement, StateChange } from "../model/types.ts";

/** Map members whose keys are the caller's own words and so name nothing of SageMaker's. */
const FREE_TEXT = /^(environment|hyperParameters|staticHyperParameters|tags|customerMetadataProperties|properties)$/i;
const MAX_DEPTH = 32;
/** Members that hold a whole configuration as JSON in a string (SDK's schemas; API Reference of CreateJob). */
const OPAQUE: Readonly<Record<string, string>> = { CreateJob: "JobConfigDocument" };

/** SageMaker grows monthly: a call that the catalogue does not hold, but that names a key, is reported and never acted on. */
export function judgeUnknownOperation(event: ApiCall | StateChange): Judgement {
  const request = event.is === "call" && event.request !== "omitted" ? opened(event.eventName, event.request) : {};
  const settings = keyMembers(request, "", 0).map(({ path, value }) => ({
    path,
    protects: "unknown",
    is: "undetermined" as const,
    ...defined({ key: typeof value === "string" && !isBlank(value) ? value : undefined }),
    reason: UNKNOWN,
  }));
  if (settings.length === 0 && !Object.hasOwn(OPAQUE, event.eventName)) {
    return { event, resource: null, verdict: "ignored", reason: { code: "takes-no-key" }, settings: [], lookUps: [] };
  }
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

/** The request with the configuration that an opaque member holds in that member's place, where it can be read. */
function opened(operation: string, request: JsonObject): JsonObject {
  const name = Object.hasOwn(OPAQUE, operation) ? (OPAQUE[operation] ?? "") : "";
  const document = text(request, name);
  if (document === undefined) return request;
  try {
    return { ...request, [name.charAt(0).toLowerCase() + name.slice(1)]: JSON.parse(document) as Json };
  } catch {
    return request;
  }
}

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
