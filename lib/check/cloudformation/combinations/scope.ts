import type { Json, JsonObject } from "../../../core/model/json.ts";
import { isObject } from "../../../core/model/member.ts";
import type { ParameterValues } from "../../model/parameters.ts";

/** The parts of a template to which its resources can refer. */
export interface TemplateScope {
  readonly parameters: JsonObject;
  readonly resources: JsonObject;
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  /** The parameters' values for this stage; undefined: any value that the template accepts. */
  readonly given: ParameterValues | undefined;
}

export const scopeOf = (template: JsonObject, given: ParameterValues | undefined): TemplateScope => ({
  parameters: objectAt(template, "Parameters"),
  resources: objectAt(template, "Resources"),
  conditions: objectAt(template, "Conditions"),
  mappings: objectAt(template, "Mappings"),
  given,
});

/** A member that is an object; an empty one if it is not. */
export const objectAt = (node: JsonObject, name: string): JsonObject => {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  return isObject(value) ? value : {};
};

/** CloudFormation's values are texts: `true` and `5` are given without quotation marks. */
export const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null || typeof value === "object" ? undefined : String(value);
