import type { FileResult } from "./result.ts";

/** An output format of a check. Each is a module with a row in the table of formats. */
export interface CheckFormat {
  /** A few words for the command's help. */
  readonly description: string;
  /** The whole output as one text; empty if there is nothing to print. */
  readonly print: (results: readonly FileResult[]) => string;
}
