import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { DocumentPath } from "../model/document-path.ts";

/** A resource of a plan or a state. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly values: JsonObject;
  /** In the place of each value that is known only after the apply: true. */
  readonly unknown: JsonObject;
  /** Where its values are in the document. */
  readonly at: DocumentPath;
  /** What the plan does with it; a state's resources exist. */
  readonly does: "create" | "change" | "nothing" | "remove";
}

/** Every resource that a plan names, in its order. Source: Terraform, "JSON Output Format", "Plan Representation". */
export function changesIn(plan: JsonObject): TerraformResource[] {
  return listAt(plan, "resource_changes").flatMap((resource, i) => {
    const change = isObject(resource) ? resource.change : undefined;
    const address = text(resource, "address");
    if (!isObject(resource) || !isObject(change) || address === undefined) return [];
    return [
      {
        address,
        type: text(resource, "type") ?? "",
        isData: text(resource, "mode") === "data",
        values: objectAt(change, "after"),
        unknown: objectAt(change, "after_unknown"),
        at: ["resource_changes", i, "change", "after"],
        does: doneBy(listAt(change, "actions")),
      },
    ];
  });
}

/** `["delete", "create"]` and `["create", "delete"]` replace the resource. */
function doneBy(actions: readonly Json[]): TerraformResource["does"] {
  if (actions.includes("create")) return "create";
  if (actions.includes("update")) return "change";
  return actions.includes("delete") || actions.includes("forget") ? "remove" : "nothing";
}

/** Every resource of a state, or of the values in a plan ("Values Representation"). */
export function resourcesIn(values: Json | undefined, at: DocumentPath): TerraformResource[] {
  const root = isObject(values) ? values.root_module : undefined;
  return isObject(root) ? resourcesOfModule(root, [...at, "root_module"]) : [];
}

function resourcesOfModule(module: JsonObject, at: DocumentPath): TerraformResource[] {
  const own = listAt(module, "resources").flatMap((resource, i): TerraformResource[] => {
    const address = text(resource, "address");
    if (!isObject(resource) || address === undefined) return [];
    return [
      {
        address,
        type: text(resource, "type") ?? "",
        isData: text(resource, "mode") === "data",
        values: objectAt(resource, "values"),
        unknown: {},
        at: [...at, "resources", i, "values"],
        does: "nothing",
      },
    ];
  });
  const children = listAt(module, "child_modules").flatMap((child, i) =>
    isObject(child) ? resourcesOfModule(child, [...at, "child_modules", i]) : [],
  );
  return [...own, ...children];
}

export function objectAt(node: Json | undefined, name: string): JsonObject {
  const value = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  return isObject(value) ? value : {};
}

export function listAt(node: Json | undefined, name: string): readonly Json[] {
  const value = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  return Array.isArray(value) ? value : [];
}
