/** An option, as parseArgs takes it, with what completion and the check of its value need besides. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly default?: string | boolean;
  /** The only values that it takes. */
  readonly values?: readonly string[];
  /** Its value is the path of a file. */
  readonly takes?: "file";
}

export type Options = Readonly<Record<string, Option>>;

/** What a command takes besides options: one word of a list, then files where `files` says so. */
export interface Operands {
  readonly words?: readonly string[];
  readonly files?: true;
}

/** A module under `commands/`, loaded only when its command is called. */
export interface Command {
  /** The help text. It names every option of `options`, and no other. */
  readonly usage: string;
  readonly options: Options;
  readonly operands: Operands;
  /** Gives the exit code. `commands` is the table that the command itself is in. */
  run(args: string[], commands: Commands): Promise<number>;
}

export interface CommandEntry {
  /** One line of `keyward --help`. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** All commands by their names. */
export type Commands = Readonly<Record<string, CommandEntry>>;
