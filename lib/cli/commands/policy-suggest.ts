import type { Report, Resolution } from "../../core/report/report.ts";
import { readFile } from "../../files/read-file.ts";
import { readStandardInput } from "../../files/standard-input.ts";
import { effectWords } from "../../wording/resolution-words.ts";
import { type Formats, formatOf } from "../input/common-options.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { print } from "../terminal/terminal.ts";

/** A report lists 100,000 findings at most. */
const LIMIT = { maxBytes: 512 * 1024 * 1024 };

/** Prints the part of a policy that would resolve the undetermined calls of a backtest. */
export async function suggest(file: string | undefined, json: boolean): Promise<number> {
  if (file === undefined) {
    throw new CliError(
      'policy suggest needs --from FILE, what "keyward backtest --json" printed, or - for standard input',
    );
  }
  const read = file === "-" ? await readStandardInput(LIMIT) : readFile(file, LIMIT);
  if (read.is === "fault") throw new CliError(`${file}: ${read.because}`);
  print(FORMATS[formatOf(json)](resolutionsIn(file, read.bytes.toString("utf8"))));
  return EXIT.fine;
}

type Resolutions = Report["resolutions"];

function resolutionsIn(file: string, text: string): Resolutions {
  const found = parsed(text);
  if (isResolutions(found)) return found;
  throw new CliError(`${file}: not what "keyward backtest --json" prints; make it with: keyward backtest PATH --json`);
}

function parsed(text: string): unknown {
  try {
    return (JSON.parse(text) as { resolutions?: unknown } | null)?.resolutions;
  } catch {
    return undefined;
  }
}

/** The file may be anybody's: only values of the right form go into a policy. */
function isResolutions(found: unknown): found is Resolutions {
  const { of, together, steps } = (found ?? {}) as Partial<Record<keyof Resolutions, unknown>>;
  return isCount(of) && isCount(together) && Array.isArray(steps) && steps.every(isStep);
}

function isStep(found: unknown): found is Resolution {
  const { add, value, resolves, neededBy } = (found ?? {}) as Partial<Record<keyof Resolution, unknown>>;
  if (!isCount(resolves) || !isCount(neededBy)) return false;
  if (add === null) return true;
  const form = add === "keys.accounts" ? ACCOUNT : add === "keys.allow" ? ALIAS : undefined;
  return typeof value === "string" && form !== undefined && form.test(value);
}

const ACCOUNT = /^\d{12}$/;
const ALIAS = /^alias\/[\w/-]{1,250}$/;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const FORMATS: Formats<Resolutions> = {
  json: ({ steps }) =>
    JSON.stringify({ keys: { accounts: valuesOf(steps, "keys.accounts"), allow: valuesOf(steps, "keys.allow") } }),
  text: yamlOf,
};

const valuesOf = (steps: readonly Resolution[], list: Resolution["add"]): string[] =>
  steps.flatMap(({ add, value }) => (add === list && value !== undefined ? [value] : []));

function yamlOf({ of, together, steps }: Resolutions): string {
  const lists = [
    listOf("accounts", "Keep those whose keys are your organisation's.", "keys.accounts", of, steps),
    listOf(
      "allow",
      "Accepted without a look-up, whichever key they name. Without these lines they are looked up.",
      "keys.allow",
      of,
      steps,
    ),
  ].flat();
  const left = steps.find(({ add }) => add === null);
  const lookUps = left ? [`# A look-up, which the function makes by itself, ${effectWords(left, of)}.`] : [];
  if (lists.length === 0) {
    return [`# Nothing in the policy would resolve the ${of} undetermined calls.`, ...lookUps].join("\n");
  }
  return [
    `# Undetermined calls: ${of}. These lines, with the look-ups that the function makes, resolve ${together} of them.`,
    "# Add them to the lists of policy.yaml, then: keyward policy check policy.yaml",
    ...lookUps,
    "keys:",
    ...lists,
  ].join("\n");
}

function listOf(
  name: string,
  about: string,
  list: Resolution["add"],
  of: number,
  steps: readonly Resolution[],
): string[] {
  const rows = steps.filter(({ add }) => add === list);
  if (rows.length === 0) return [];
  return [`  # ${about}`, `  ${name}:`, ...rows.map((step) => `    - "${step.value}" # ${effectWords(step, of)}`)];
}
