import { kindOf } from "../catalogue/kinds.ts";
import type { JsonObject } from "../core/model/json.ts";
import { text } from "../core/model/member.ts";
import { collect } from "../core/model/path.ts";
import type { LocalResource } from "./sagemaker-resource.ts";
import { AwsFault } from "./wire.ts";

const MAX_TAGS = 50;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** AddTags with its limits (API Reference of AddTags and Tag). */
export function addTags(resource: LocalResource | undefined, region: string, input: JsonObject): object {
  if (resource?.region !== region) {
    throw new AwsFault("ValidationException", `Could not find resource ${text(input, "ResourceArn") ?? ""}`);
  }
  if (kindOf(resource.kind).taggable === false) throw invalid(`tagging is not supported for ${resource.kind}`);
  const tags = collect(input, "Tags[]").map(
    ({ value }) => [text(value, "Key") ?? "", text(value, "Value") ?? ""] as const,
  );
  for (const [key, value] of tags) checkTag(key, value);
  const merged = new Map([...resource.tags, ...tags]);
  if (merged.size > MAX_TAGS) throw invalid(`more than ${MAX_TAGS} tags`);
  for (const [key, value] of tags) resource.tags.set(key, value);
  return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

function checkTag(key: string, value: string): void {
  if (key.length < 1 || key.length > 128 || !CHARACTERS.test(key)) throw invalid(`tag key ${key}`);
  if (key.toLowerCase().startsWith("aws:")) throw invalid("aws: is reserved");
  if (value.length > 256 || !CHARACTERS.test(value)) throw invalid(`tag value ${value}`);
}

const invalid = (what: string): AwsFault => new AwsFault("ValidationException", `Invalid tag: ${what}`);
