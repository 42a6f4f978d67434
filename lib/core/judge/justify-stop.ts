import type { Policy } from "../../policy/schema.ts";
import type { Judgement, SettingVerdict } from "../model/types.ts";
import { isViolation } from "./exempt.ts";

/** True if a setting breaks the policy and no exemption covers it. */
export const isUnexemptedViolation = (setting: SettingVerdict): boolean =>
  setting.exempt === undefined && isViolation(setting);

/** True if the policy's `stop-for` contains the protected thing of a setting. */
export const mayJustifyStop = ({ protects }: Pick<SettingVerdict, "protects">, policy: Policy): boolean =>
  (policy["stop-for"] as readonly string[]).includes(protects);

/** True if a setting justifies a stop of its resource. */
export const justifiesStop = (setting: SettingVerdict, policy: Policy): boolean =>
  isUnexemptedViolation(setting) && mayJustifyStop(setting, policy);

/** True if a resource is non-compliant, no violation justifies its stop, and an undetermined setting still could. */
export const isStopUnresolved = ({ verdict, settings }: Judgement, policy: Policy): boolean =>
  verdict === "non-compliant" &&
  !settings.some((setting) => justifiesStop(setting, policy)) &&
  settings.some((setting) => setting.is === "undetermined" && mayJustifyStop(setting, policy));
