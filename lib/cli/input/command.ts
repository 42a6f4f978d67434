/** An option for parseArgs, with the facts that completion and the check of its value also need. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly default?: string | boolean;
  /** The only values that the option accepts. */
  readonly values?: readonly string[];
  /** It can be given several times. */
  readonly multiple?: true;
  /** The value is the path of a file. */
  readonly takes?: "file";
}

export type Options = Readonly<Record<string, Option>>;

/** The operands of a command: one word of a list, then files if `files` is true. */
export interface Operands {
  readonly words?: readonly string[];
  readonly files?: true;
}

/** A module under `commands/`, loaded only when its command runs. */
export interface Command {
  /** The help text. It names every option of `options`, and no other. */
  readonly usage: string;
  readonly options: Options;
  readonly operands: Operands;
  /** Returns the exit code. `commands` is the table of all commands. */
  run(args: string[], commands: Commands): Promise<number>;
}

export interface CommandEntry {
  /** One line of `keyward --help`. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** All commands by their names. */
export type Commands = Readonly<Record<string, CommandEntry>>;
