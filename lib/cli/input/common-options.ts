import { EXIT } from "../terminal/cli-error.ts";
import { choice } from "./choice.ts";

/** Options that several commands take. */
export const POLICY = { type: "string", takes: "file" } as const;
export const WORLD = { type: "string", takes: "file" } as const;
export const FLAG = { type: "boolean", default: false } as const;
export const FAIL_ON = { type: "string", values: ["non-compliant"] } as const;

/** Throws a CliError if the value of `--fail-on` is not known. */
export function checkFailOn(value: string | undefined): void {
  if (value !== undefined) choice("--fail-on", value, FAIL_ON.values);
}

/** The exit code of a run without faults: 1 if a verdict is non-compliant and `--fail-on` is given. */
export const codeOf = (isNonCompliant: boolean, failOn: string | undefined): number =>
  failOn !== undefined && isNonCompliant ? EXIT.nonCompliant : EXIT.fine;

/** The two outputs of every command: one for programs, one for people. */
export type Format = "json" | "text";
/** The output of a command, by format. An empty string prints nothing. */
export type Formats<T> = Readonly<Record<Format, (output: T) => string>>;

export const formatOf = (json: boolean): Format => (json ? "json" : "text");
