import type { JsonObject } from "../../core/model/json.ts";
import { text } from "../../core/model/member.ts";
import type { FileKey } from "../model/subject.ts";
import { changesIn, resourcesIn, type TerraformResource } from "./resources.ts";

/** The attributes of a key or an alias that a resource may name it by. */
const NAMES = ["arn", "key_id", "id", "name", "target_key_arn", "target_key_id"] as const;
const KEY = /^aws_kms_(key|replica_key|external_key|replica_external_key)$/;
const AWS_ALIAS = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//;

/**
 * The keys whose owner the plan or the state knows, by each name that it has for them: those that it manages, and those of
 * the data sources `aws_kms_key` and `aws_kms_alias`. An alias that is not AWS's own is of a customer managed key (KMS,
 * CreateAlias: it takes no AWS managed key).
 */
export function knownKeysIn(document: JsonObject): ReadonlyMap<string, FileKey> {
  const prior = document.prior_state as JsonObject | undefined;
  const resources = [
    ...resourcesIn(prior?.values, []),
    ...resourcesIn(document.values, []),
    ...resourcesIn(document.planned_values, []),
    ...changesIn(document).filter(({ does }) => does !== "remove"),
  ];
  return new Map(resources.flatMap(namesOf));
}

function namesOf(resource: TerraformResource): [string, FileKey][] {
  const { address, type, values, isData } = resource;
  if (!KEY.test(type) && type !== "aws_kms_alias") return [];
  const manager = managerOf(resource);
  const arn = text(values, type === "aws_kms_alias" ? "target_key_arn" : "arn");
  if (manager === undefined || arn === undefined) return [];
  return NAMES.flatMap((name) => {
    const value = text(values, name);
    const known: FileKey = { written: `${address}.${name}`, arn, manager, by: isData ? "read" : "created" };
    return value === undefined || value === "" ? [] : [[value, known] as [string, FileKey]];
  });
}

function managerOf({ type, values, isData }: TerraformResource): FileKey["manager"] | undefined {
  if (type === "aws_kms_alias") return AWS_ALIAS.test(text(values, "name") ?? "") ? "AWS" : "CUSTOMER";
  if (!isData) return "CUSTOMER";
  const manager = text(values, "key_manager");
  return manager === "AWS" || manager === "CUSTOMER" ? manager : undefined;
}
