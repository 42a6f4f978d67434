import { parseJson } from "../../core/model/parse-json.ts";
import type { Report, Resolution } from "../../core/report/report.ts";
import { CliError } from "../terminal/cli-error.ts";

type Resolutions = Report["resolutions"];

/**
 * The steps that resolve a backtest's undetermined calls, from the output of `backtest --json`. Throws a CliError on
 * other text.
 */
export function readResolutions(file: string, text: string): Resolutions {
  const found = parsed(text);
  if (isResolutions(found)) return found;
  throw new CliError(`${file}: not what "keyward backtest --json" prints; make it with: keyward backtest PATH --json`);
}

function parsed(text: string): unknown {
  try {
    return (parseJson(text) as { resolutions?: unknown } | null)?.resolutions;
  } catch {
    return undefined;
  }
}

/** The file is untrusted: only values of the right form are written into a policy. */
function isResolutions(found: unknown): found is Resolutions {
  const { of, together, steps } = (found ?? {}) as Partial<Record<keyof Resolutions, unknown>>;
  return isCount(of) && isCount(together) && Array.isArray(steps) && steps.every(isResolution);
}

function isResolution(found: unknown): found is Resolution {
  const { add, value, resolves, neededBy } = (found ?? {}) as Partial<Record<keyof Resolution, unknown>>;
  if (!isCount(resolves) || !isCount(neededBy)) return false;
  if (add === null) return true;
  const form = add === "keys.accounts" ? ACCOUNT : add === "keys.allow" ? ALIAS : undefined;
  return typeof value === "string" && form !== undefined && form.test(value);
}

const ACCOUNT = /^\d{12}$/;
const ALIAS = /^alias\/[\w/-]{1,250}$/;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
