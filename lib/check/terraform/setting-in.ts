import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { type DocumentPath, documentPathOf } from "../model/document-path.ts";
import { attributeNameOf, type TerraformType } from "./types.ts";

/** A setting as Terraform spells it, and its place in the document. */
export interface SpelledSetting {
  readonly attribute: string;
  readonly at: DocumentPath;
}

interface Values {
  readonly type: Pick<TerraformType, "renamed">;
  readonly values: JsonObject;
  /** Where the values are in the document. */
  readonly at: DocumentPath;
}

/**
 * Finds a setting in a plan: `ProductionVariants[0].CoreDumpConfig.KmsKeyId` is the attribute
 * `production_variants[0].core_dump_config.kms_key_id`. The place ends where the plan has no more of it.
 */
export function settingIn(path: string, { type, values, at }: Values): SpelledSetting {
  let node: Json | undefined = values;
  let attribute = "";
  const place: (string | number)[] = [];
  for (const part of documentPathOf(path)) {
    if (typeof part === "number" || part === "") {
      attribute += typeof part === "number" ? `[${part}]` : "";
      node = Array.isArray(node) && typeof part === "number" ? node[part] : undefined;
      if (node !== undefined) place.push(part);
      continue;
    }
    // The one block of a structure.
    if (Array.isArray(node)) {
      node = node[0];
      if (node !== undefined) place.push(0);
    }
    const name = (attribute === "" ? renamedAs(part, type) : undefined) ?? attributeNameOf(part);
    attribute += `${attribute === "" ? "" : "."}${name}`;
    node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
    if (node !== undefined) place.push(name);
  }
  return { attribute, at: [...at, ...place] };
}

const renamedAs = (member: string, { renamed = {} }: Values["type"]): string | undefined =>
  Object.keys(renamed).find((name) => renamed[name] === member);
