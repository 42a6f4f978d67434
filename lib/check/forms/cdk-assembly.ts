import type { Json } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { FileForm } from "../model/form.ts";

/**
 * The files of a CDK cloud assembly (`cdk.out`) beside its templates: manifest.json, tree.json and *.assets.json. They
 * name resources, and the templates of the same folder define them.
 */
export const cdkAssembly: FileForm = {
  description: "a cloud assembly of the AWS CDK (the folder cdk.out)",
  isIntended: () => false,
  read: ({ document }) =>
    isOfAssembly(document)
      ? { is: "not-judged", message: "one of the AWS CDK's own files; give the folder, or its *.template.json" }
      : { is: "other-form" },
};

const isOfAssembly = (document: Json): boolean =>
  isObject(document) &&
  typeof document.version === "string" &&
  (isObject(document.artifacts) ||
    isObject(document.tree) ||
    (isObject(document.files) && isObject(document.dockerImages)));
