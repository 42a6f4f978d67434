import { operation } from "../catalogue/find-operation.ts";
import { INSTANCE_TYPES, OFFLINE_STORE_GIVEN, ONLINE_STORE_ON } from "../catalogue/prevention/reaches.ts";
import { IN_TRANSIT } from "../catalogue/shared-settings.ts";
import type { Operation } from "../catalogue/vocabulary.ts";
import { partitionOf } from "../core/judge/judge-key.ts";
import { formOf } from "../core/judge/key-form.ts";
import { isArn, parseArn } from "../core/model/arn.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, scalar, whyUnresolved } from "../core/model/member.ts";
import { collect } from "../core/model/path.ts";
import type { ApiCall } from "../core/model/types.ts";

/** The values of a condition key in a call; none if the call does not have the key. */
export type Value =
  | { readonly is: "known"; readonly values: readonly string[] }
  | { readonly is: "not-known"; readonly because: NotKnown };

/** The reasons why a record does not show a condition key's value. */
export type NotKnown =
  /** AWS does not document the value of a condition key for an alias. */
  | "alias"
  /** The condition key has one value, and the request may have several. */
  | "several-values"
  | "not-a-key"
  | "parameters-omitted"
  | "no-issuer";

/** The condition keys of a call that Keyward's documents use, by their names. */
export type Context = ReadonlyMap<string, Value>;

/**
 * Derives the condition keys of a call from its record. SageMaker puts a key's ARN into a condition key (Service
 * Authorization Reference): a key id becomes an ARN of the caller's account and Region.
 */
export function contextOf(call: ApiCall): Context {
  const context = new Map<string, Value>([
    ["aws:PrincipalAccount", known(call.account)],
    ["aws:RequestedRegion", known(call.region)],
    ["aws:PrincipalArn", principalOf(call)],
    ["aws:userid", known(`:${parseArn(call.principal)?.resource.split("/").at(-1) ?? ""}`)],
  ]);
  const row = operation(call.operation ?? call.eventName);
  const keys = [...new Set(row?.settings.flatMap(({ conditionKey }) => conditionKey ?? []))];
  if (!row || keys.length === 0) return context;
  if (call.request === "omitted") {
    for (const key of [...keys, ...OTHER_KEYS]) context.set(key, { is: "not-known", because: "parameters-omitted" });
    return context;
  }
  for (const key of keys) context.set(key, conditionValue(key, row, call, call.request));
  context.set(INSTANCE_TYPES, { is: "known", values: instanceTypesOf(row, call.request) });
  context.set(ONLINE_STORE_ON, flag(collect(call.request, "OnlineStoreConfig.EnableOnlineStore")[0]?.value));
  context.set(OFFLINE_STORE_GIVEN, flag(collect(call.request, "OfflineStoreConfig").length > 0 ? true : undefined));
  for (const [key, value] of tagsOf(call.request)) context.set(`aws:RequestTag/${key}`, known(value));
  return context;
}

const OTHER_KEYS = [INSTANCE_TYPES, ONLINE_STORE_ON, OFFLINE_STORE_GIVEN];
const ABSENT: Value = { is: "known", values: [] };
const known = (value: string): Value => ({ is: "known", values: [value] });
const flag = (value: Json | undefined): Value => (value === undefined ? ABSENT : known(scalar(value).toLowerCase()));

/**
 * The ARN of the role or user. A role's session has the role's ARN here, and a federated user's has its own (IAM User
 * Guide, "AWS global condition context keys").
 */
function principalOf({ principal, issuer }: ApiCall): Value {
  const type = parseArn(principal)?.resource.split("/")[0];
  if (type !== undefined && type !== "assumed-role") return known(principal);
  return issuer !== undefined && isArn(issuer) ? known(issuer) : { is: "not-known", because: "no-issuer" };
}

function conditionValue(conditionKey: string, row: Operation, call: ApiCall, request: JsonObject): Value {
  const settings = row.settings.filter((setting) => setting.conditionKey === conditionKey);
  const given = settings.flatMap(({ path }) => collect(request, path));
  const isFlag = conditionKey === IN_TRANSIT;
  return onlyOne(
    given.map(({ value }) => (isFlag ? flag(value) : keyValue(value, call))),
    definitionsIn(row, request),
  );
}

/** How many structures of a request may each have the key: the definitions of a tuning job, else one. */
function definitionsIn({ settings }: Operation, request: JsonObject): number {
  const lists = settings.flatMap(({ path, conditionKey }) => (conditionKey ? (/^.*\[\]/.exec(path)?.[0] ?? []) : []));
  return Math.max(1, ...lists.map((list) => collect(request, list).length));
}

/** The value of a condition key. Of several definitions AWS does not document it, unless none has the member. */
function onlyOne([first, ...more]: readonly Value[], definitions: number): Value {
  if (!first) return ABSENT;
  const unknown = [first, ...more].find(({ is }) => is === "not-known");
  if (unknown) return unknown;
  const isSame = more.every((value) => JSON.stringify(value) === JSON.stringify(first));
  return isSame && definitions === 1 ? first : { is: "not-known", because: "several-values" };
}

function keyValue(value: Json, { account, region }: ApiCall): Value {
  if (whyUnresolved(value) !== undefined || typeof value !== "string") return { is: "not-known", because: "not-a-key" };
  switch (formOf(value)) {
    case "key-arn":
      return known(value);
    case "key-id":
      return known(`arn:${partitionOf(region)}:kms:${region}:${account}:key/${value}`);
    case "alias":
    case "alias-arn":
      return { is: "not-known", because: "alias" };
    default:
      return { is: "not-known", because: "not-a-key" };
  }
}

function instanceTypesOf({ settings }: Operation, request: JsonObject): string[] {
  const paths = settings.flatMap(({ instanceTypes = [], alternatives }) => [
    ...instanceTypes,
    ...(alternatives?.types ?? []),
  ]);
  return [...new Set(paths.flatMap((path) => collect(request, path).map(({ value }) => scalar(value))))];
}

function tagsOf(request: JsonObject): (readonly [string, string])[] {
  return collect(request, "Tags[]").flatMap(({ value }) => {
    if (!isObject(value)) return [];
    const part = (name: string) => scalar(collect(value, name)[0]?.value ?? "");
    return [[part("Key"), part("Value")] as const];
  });
}
