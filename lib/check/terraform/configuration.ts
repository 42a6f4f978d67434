import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { listAt, objectAt } from "./resources.ts";

/** What the configuration says of an attribute that is not known yet. */
export type Source =
  /** A key or an alias that the plan creates. */
  | { readonly is: "own-key"; readonly expression: string }
  /** Nothing: the provider computes the value. */
  | { readonly is: "not-configured" }
  /** A `dynamic` block, which the plan's configuration does not hold. */
  | { readonly is: "dynamic" }
  | { readonly is: "unresolved"; readonly expression: string | undefined };

/** Names and indexes of an attribute: `data_capture_config`, 0, `kms_key_id`. */
export type AttributePath = readonly (string | number)[];

/** Chains of variables and outputs are followed so far. Terraform allows no circles. */
const DEEPEST = 32;
const KEYS = /^(aws_kms_(?:key|replica_key|external_key|replica_external_key|alias)|awscc_kms_(?:key|alias))\./;
/** The attributes of a key or an alias that name the key. */
const NAMES_KEY = new Set(["arn", "key_id", "id", "name", "alias_name", "target_key_arn", "target_key_id"]);

/**
 * Finds the source of an attribute in the plan's configuration. Source: Terraform, "JSON Output Format",
 * "Configuration Representation" and "Expression Representation": an expression lists its references, each also
 * without its last attributes.
 */
export function sourceOf(plan: JsonObject, address: string, attribute: AttributePath): Source {
  const plain = withoutIndexes(address);
  const modules = modulesIn(plain);
  const module = modules.reduce<JsonObject | undefined>(calledModule, objectAt(plan.configuration, "root_module"));
  const name = plain.replace(MODULE_PREFIX, "");
  const resource = listAt(module, "resources").find((one) => text(one, "address") === name);
  if (!module || !isObject(resource)) return { is: "unresolved", expression: undefined };
  const found = expressionAt(objectAt(resource, "expressions"), attribute);
  if (found === "dynamic") return { is: "dynamic" };
  if (found === undefined) return { is: "not-configured" };
  return sourceOfReferences(referencesOf(found), { plan, modules, depth: 0 });
}

const MODULE_PREFIX = /^(?:module\.[^.]+\.)+/;
const withoutIndexes = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");

/** The names of the modules in an address without indexes, from the root: `module.a.module.b.x.y` is in `a`, then `b`. */
function modulesIn(address: string): string[] {
  const prefix = MODULE_PREFIX.exec(address)?.[0] ?? "";
  return prefix.split(".").filter((part, i) => i % 2 === 1 && part !== "");
}

const calledModule = (module: JsonObject | undefined, name: string): JsonObject | undefined => {
  const found = objectAt(objectAt(objectAt(module, "module_calls"), name), "module");
  return Object.keys(found).length > 0 ? found : undefined;
};

/** The expression of an attribute; `dynamic` where its block is not in the configuration. */
function expressionAt(expressions: JsonObject, attribute: AttributePath): JsonObject | "dynamic" | undefined {
  let node: Json | undefined = expressions;
  for (const [i, part] of attribute.entries()) {
    if (typeof part === "number") {
      // A block that is written once may be the source of several, by `for_each` of a dynamic block.
      if (!Array.isArray(node)) return isExpression(node) ? node : "dynamic";
      node = node[part];
      if (node === undefined) return "dynamic";
    } else {
      if (isExpression(node)) return node;
      node = isObject(node) && Object.hasOwn(node, part) ? node[part] : undefined;
      if (node === undefined) return typeof attribute[i + 1] === "number" ? "dynamic" : undefined;
    }
  }
  return isObject(node) ? node : undefined;
}

const isExpression = (node: Json | undefined): node is JsonObject =>
  isObject(node) && (Array.isArray(node.references) || Object.hasOwn(node, "constant_value"));

const referencesOf = (expression: JsonObject): string[] =>
  listAt(expression, "references").filter((one) => typeof one === "string");

interface Place {
  readonly plan: JsonObject;
  /** The module whose names the references use, from the root. */
  readonly modules: readonly string[];
  readonly depth: number;
}

function sourceOfReferences(references: readonly string[], place: Place): Source {
  const [longest] = [...references].sort((a, b) => b.length - a.length);
  const unresolved: Source = { is: "unresolved", expression: longest };
  if (longest === undefined || place.depth > DEEPEST) return unresolved;
  // `aws_kms_key.a.arn` and `aws_kms_key.a` are one. Two sources mean a choice between them.
  const path = withoutIndexes(longest);
  if (!references.every((one) => isWithin(path, withoutIndexes(one)))) return unresolved;
  const [head = "", name = "", attribute] = path.split(".");
  if (head === "var") return sourceOfVariable(name, place) ?? unresolved;
  if (head === "module") return sourceOfOutput(name, attribute, place) ?? unresolved;
  const names = attribute === undefined || NAMES_KEY.has(attribute);
  return KEYS.test(path) && names
    ? { is: "own-key", expression: [...place.modules.map((one) => `module.${one}`), longest].join(".") }
    : unresolved;
}

const isWithin = (path: string, start: string): boolean => path === start || path.startsWith(`${start}.`);

/** A variable of a module has its value from the call of the module. */
function sourceOfVariable(name: string, { plan, modules, depth }: Place): Source | undefined {
  const [last, above] = [modules.at(-1), modules.slice(0, -1)];
  if (last === undefined) return undefined;
  const caller = above.reduce<JsonObject | undefined>(calledModule, objectAt(plan.configuration, "root_module"));
  const expression = objectAt(objectAt(objectAt(objectAt(caller, "module_calls"), last), "expressions"), name);
  if (!isExpression(expression)) return undefined;
  return sourceOfReferences(referencesOf(expression), { plan, modules: above, depth: depth + 1 });
}

function sourceOfOutput(name: string, output: string | undefined, { plan, modules, depth }: Place): Source | undefined {
  const inner = [...modules, name];
  const module = inner.reduce<JsonObject | undefined>(calledModule, objectAt(plan.configuration, "root_module"));
  if (output === undefined) return undefined;
  const expression = objectAt(objectAt(objectAt(module, "outputs"), output), "expression");
  if (!isExpression(expression)) return undefined;
  return sourceOfReferences(referencesOf(expression), { plan, modules: inner, depth: depth + 1 });
}
