import type { CommandSpecification, OptionSpecification } from "./specification.ts";

/** The completion script for fish. */
export function fishCompletion(commands: readonly CommandSpecification[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return [
    "# fish completion of keyward. Load it with: keyward completion fish | source",
    "complete -c keyward -f",
    "complete -c keyward -n __fish_use_subcommand -l version -d 'print the version'",
    "complete -c keyward -n __fish_use_subcommand -a help -d 'print the help of a command'",
    `complete -c keyward -n '__fish_seen_subcommand_from help' -a '${names}'`,
    ...commands.flatMap(linesOf),
    "",
  ].join("\n");
}

function linesOf({ name, summary, options, words, files }: CommandSpecification): string[] {
  const when = `complete -c keyward -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c keyward -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...options.map((option) => `${when} ${optionOf(option)}`),
    ...(words.length > 0 ? [`${when} -a ${quoted(words.join(" "))}`] : []),
    ...(files ? [`${when} -F`] : []),
  ];
}

function optionOf({ name, help, takes, values }: OptionSpecification): string {
  const value = { nothing: "", file: " -r -F", text: " -x", values: ` -x -a ${quoted(values.join(" "))}` }[takes];
  return `-l ${name.slice(2)}${value}${help === "" ? "" : ` -d ${quoted(help)}`}`;
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
