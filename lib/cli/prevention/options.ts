import type { Options } from "../input/command.ts";
import { FLAG, POLICY } from "../input/common-options.ts";

/** The options of the commands that print policy documents for callers. */
export const identityOptions = {
  policy: POLICY,
  part: { type: "string" },
  out: { type: "string", takes: "file" },
  coverage: FLAG,
  json: FLAG,
} as const satisfies Options;

export const scpOptions = {
  ...identityOptions,
  backtest: { type: "string", takes: "file" },
} as const satisfies Options;
