import type { Json } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { FileForm } from "../model/form.ts";

/**
 * The files of a CDK cloud assembly (`cdk.out`) beside its templates: manifest.json, tree.json, *.assets.json and
 * *.metadata.json. They name resources, and the templates of the same folder define them.
 */
export const cdkAssembly: FileForm = {
  description: "a cloud assembly of the AWS CDK (the folder cdk.out)",
  isIntended: () => false,
  read: ({ document }) =>
    isOfAssembly(document)
      ? { is: "not-judged", message: "one of the AWS CDK's own files; give the folder, or its *.template.json" }
      : { is: "other-form" },
};

const isOfAssembly = (document: Json): boolean => {
  if (!isObject(document)) return false;
  const { version, artifacts, tree, files, dockerImages } = document;
  if (typeof version === "string") {
    return isObject(artifacts) || isObject(tree) || (isObject(files) && isObject(dockerImages));
  }
  const [first] = Object.entries(document);
  return first !== undefined && isMetadata(first[0], first[1]);
};

/** `"/Stack/Resource": [{"type": "aws:cdk:logicalId", "data": …}]` */
const isMetadata = (path: string, entries: Json): boolean =>
  path.startsWith("/") && Array.isArray(entries) && (text(entries[0], "type") ?? "").startsWith("aws:cdk:");
