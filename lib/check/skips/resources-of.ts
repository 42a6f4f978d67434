import type { JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import type { CheckDocument } from "../model/document.ts";
import type { DocumentPath } from "../model/document-path.ts";

/** A resource of a template, of SageMaker or not. */
export interface TemplateResource {
  readonly at: DocumentPath;
  readonly resource: JsonObject;
}

const LOOP = "Fn::ForEach::";

/** Every resource of a document that is a CloudFormation template. */
export const resourcesOf = ({ value }: CheckDocument): TemplateResource[] =>
  isObject(value) && isObject(value.Resources) ? resourcesIn(value.Resources, ["Resources"]) : [];

const resourcesIn = (resources: JsonObject, at: DocumentPath): TemplateResource[] =>
  Object.entries(resources).flatMap(([name, resource]) => {
    if (name.startsWith(LOOP) && Array.isArray(resource) && isObject(resource[2])) {
      return resourcesIn(resource[2], [...at, name, 2]);
    }
    return isObject(resource) ? [{ at: [...at, name], resource }] : [];
  });
