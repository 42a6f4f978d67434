import { type CheckOptions, checkFile } from "./check-file.ts";
import type { FileResult } from "./model/result.ts";
import { readFiles } from "./read/read-files.ts";

/**
 * Judges the files and folders at the paths by the policy, before anything in them exists: the entry of this module. Gives
 * one result for each file, in order; a file that cannot be read is a result too.
 */
export async function* checkPaths(paths: readonly string[], options: CheckOptions): AsyncGenerator<FileResult> {
  for await (const read of readFiles(paths)) {
    yield "fault" in read ? { is: "fault", ...read.fault } : checkFile(read, options);
  }
}
