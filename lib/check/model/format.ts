import type { FileResult } from "./result.ts";

/** One output format of a check: a module, and its row in the table of formats. */
export interface CheckFormat {
  /** A few words for the command's help. */
  readonly description: string;
  /** The whole output as one text; empty where the format has nothing to print. */
  readonly print: (results: readonly FileResult[]) => string;
}
