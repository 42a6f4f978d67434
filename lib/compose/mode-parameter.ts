import { isMode, MODES, type Mode } from "../policy/mode.ts";

/** The mode that is the stack's parameter; `observe` where it is not set. Throws at once where it is no mode. */
export function modeParameter(value = process.env.KEYWARD_MODE): Mode {
  if (!value) return "observe";
  if (!isMode(value)) throw new Error(`KEYWARD_MODE is "${value}"; it must be one of ${MODES.join(", ")}`);
  return value;
}
