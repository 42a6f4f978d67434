import type { Commands, Options } from "../input/command.ts";

/** An option, as a shell completes it. */
export interface OptionSpecification {
  /** With its dashes. */
  readonly name: string;
  /** One sentence, or none. */
  readonly help: string;
  readonly takes: "nothing" | "file" | "text" | "values";
  readonly values: readonly string[];
}

export interface CommandSpecification {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionSpecification[];
  /** The words that can be the first operand. */
  readonly words: readonly string[];
  readonly files: boolean;
}

const HELP: OptionSpecification = { name: "--help", help: "print the help", takes: "nothing", values: [] };

/** The commands and options that can be completed, from the commands' tables of options and their help. */
export async function specificationOf(commands: Commands): Promise<CommandSpecification[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { options, operands, usage } = await load();
      const { words = [], files = false } = operands;
      return { name, summary, options: [...optionsOf(options, usage), HELP], words, files };
    }),
  );
}

function optionsOf(options: Options, usage: string): OptionSpecification[] {
  return Object.entries(options).map(([name, { type, values = [], takes }]) => {
    const text = values.length > 0 ? "values" : (takes ?? "text");
    return { name: `--${name}`, help: helpOf(name, usage), takes: type === "boolean" ? "nothing" : text, values };
  });
}

/** The first clause of an option's help: "judge by this policy". Empty where each value has its own line. */
function helpOf(name: string, usage: string): string {
  if (usage.split(`\n  --${name} `).length > 2) return "";
  const line = new RegExp(`^ {2}--${name}(?: [\\w-]+)?(?: {2,}|\\n {4,})(\\S.*(?:\\n {10,}\\S.*)*)`, "m").exec(
    usage,
  )?.[1];
  const [clause = ""] = (line ?? "").replace(/\s+/g, " ").split(/ \(|[;:.]( |$)/);
  return clause;
}
