import { parseArgs } from "node:util";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { type CommandSpecification, specificationOf } from "../completion/specification.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { choice } from "../input/choice.ts";
import type { Commands, Operands, Options } from "../input/command.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { print } from "../terminal/terminal.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const satisfies Record<
  string,
  (commands: readonly CommandSpecification[]) => string
>;
const NAMES = Object.keys(SHELLS) as (keyof typeof SHELLS)[];

export const usage = `Usage: keyward completion bash|zsh|fish

Prints a script that completes commands, options, their values and files. Load it in
the shell's start-up file:

  ~/.bashrc                    eval "$(keyward completion bash)"
  ~/.zshrc, after compinit     eval "$(keyward completion zsh)"
  ~/.config/fish/config.fish   keyward completion fish | source`;

export const options = {} as const satisfies Options;

export const operands: Operands = { words: NAMES };

export async function run(args: string[], commands: Commands): Promise<number> {
  const { positionals } = parseArgs({ args, options, allowPositionals: true });
  const [named, more] = positionals;
  if (named === undefined || more !== undefined) throw new CliError(`name one shell: ${NAMES.join(", ")}`);
  const shell = choice("completion", named, NAMES);
  print(SHELLS[shell](await specificationOf(commands)).trimEnd());
  return EXIT.fine;
}
