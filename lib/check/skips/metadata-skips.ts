import { isObject } from "../../core/model/member.ts";
import type { CheckDocument } from "../model/document.ts";
import { resourcesOf, type TemplateResource } from "./resources-of.ts";
import { type Skip, type SkipFault, toSkip } from "./skip.ts";

/** The skips in `Metadata: {keyward: {skip: […]}}` of a template's resources. */
export const metadataSkips = (document: CheckDocument): (Skip | SkipFault)[] =>
  resourcesOf(document).flatMap((one) => skipsOf(one, document));

function skipsOf({ at, resource }: TemplateResource, document: CheckDocument): (Skip | SkipFault)[] {
  const metadata = isObject(resource.Metadata) ? resource.Metadata : {};
  if (!Object.hasOwn(metadata, "keyward")) return [];
  const { keyward } = metadata;
  const path = [...at, "Metadata", "keyward"];
  if (!isObject(keyward) || !Array.isArray(keyward.skip)) {
    return [{ fault: "Metadata.keyward must have a list: skip", ...document.positionOf(path) }];
  }
  const on = { at, ...document.positionOf(at) };
  return keyward.skip.map((one, i) => toSkip(isObject(one) ? one : {}, document.positionOf([...path, "skip", i]), on));
}
