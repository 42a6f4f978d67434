import type { Report, Resolution } from "../../core/report/report.ts";
import { effectWords } from "../../wording/resolution-words.ts";
import type { Formats } from "../input/common-options.ts";

type Resolutions = Report["resolutions"];

/** The part of a policy that would resolve the undetermined calls of a backtest. */
export const SUGGESTION: Formats<Resolutions> = {
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
