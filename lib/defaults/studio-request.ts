import type { JsonObject } from "../core/model/json.ts";
import type { Policy } from "../policy/schema.ts";
import { putAt } from "./put-at.ts";
import { requiredSettings } from "./required-settings.ts";
import type { StudioOperation } from "./targets.ts";

/** The keys of a Studio request, for the AWS CLI's `--cli-input-json`. Its other members come from the command line. */
export function studioRequest(key: string, operation: StudioOperation, policy: Policy): JsonObject {
  const settings =
    requiredSettings((protects) => policy.require[protects]).find((one) => one.operation === operation)?.settings ?? [];
  return settings.reduce<JsonObject>((made, { path }) => putAt(made, path, key), {});
}
