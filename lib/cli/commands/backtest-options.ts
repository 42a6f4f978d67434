import type { parseArgs } from "node:util";
import type { Options } from "../input/command.ts";
import { FAIL_ON, FLAG, POLICY } from "../input/common-options.ts";

/** The options of `keyward backtest`, its queries' too. */
export const options = {
  policy: POLICY,
  compare: { type: "string", takes: "file" },
  json: FLAG,
  report: { type: "string", takes: "file" },
  "fail-on": FAIL_ON,
  threads: { type: "string" },
  athena: FLAG,
  lake: { type: "string" },
  bucket: { type: "string" },
  output: { type: "string" },
  prefix: { type: "string" },
  organization: { type: "string" },
  accounts: { type: "string" },
  regions: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
} as const satisfies Options;

export type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
