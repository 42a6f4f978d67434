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
  /** What may stand first after the command. */
  readonly words: readonly string[];
  readonly files: boolean;
}

const HELP: OptionSpecification = { name: "--help", help: "print the help", takes: "nothing", values: [] };

/** What can be completed, read from the commands' own tables of options and from their help. */
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

/** The first clause of the help on an option: "judge by this policy"; none where each of its values has a line. */
function helpOf(name: string, usage: string): string {
  if (usage.split(`\n  --${name} `).length > 2) return "";
  const line = new RegExp(`^ {2}--${name}(?: [\\w-]+)?(?: {2,}|\\n {4,})(\\S.*(?:\\n {10,}\\S.*)*)`, "m").exec(
    usage,
  )?.[1];
  const [clause = ""] = (line ?? "").replace(/\s+/g, " ").split(/ \(|[;:.]( |$)/);
  return clause;
}
