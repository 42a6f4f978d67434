import type { Policy } from "../../policy/schema.ts";
import type { Judgement, SettingVerdict } from "../model/types.ts";
import { isViolation } from "./exempt.ts";

/** Whether a setting breaks the policy, and no exemption covers it. */
export const isOpenViolation = (setting: SettingVerdict): boolean =>
  setting.exempt === undefined && isViolation(setting);

/** Whether the policy's `stop-for` names what a setting protects. */
export const mayJustifyStop = ({ protects }: Pick<SettingVerdict, "protects">, policy: Policy): boolean =>
  (policy["stop-for"] as readonly string[]).includes(protects);

/** Whether a setting is reason enough to stop its resource. */
export const justifiesStop = (setting: SettingVerdict, policy: Policy): boolean =>
  isOpenViolation(setting) && mayJustifyStop(setting, policy);

/** Whether the resource is certainly not compliant, and only an unresolved setting can justify its stop. */
export const isStopUnresolved = ({ verdict, settings }: Judgement, policy: Policy): boolean =>
  verdict === "non-compliant" &&
  !settings.some((setting) => justifiesStop(setting, policy)) &&
  settings.some((setting) => setting.is === "undetermined" && mayJustifyStop(setting, policy));
