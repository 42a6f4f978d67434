import { type CheckOptions, checkFile } from "./check-file.ts";
import type { FileResult } from "./model/result.ts";
import { readFiles } from "./read/read-files.ts";

/**
 * The entry of this module. Judges the resources in files and folders by the policy, before the resources exist. Gives
 * one result for each file, in order. A file that cannot be read gives a fault; the other files are still judged.
 */
export async function* checkPaths(paths: readonly string[], options: CheckOptions): AsyncGenerator<FileResult> {
  for await (const read of readFiles(paths)) {
    if ("fault" in read) yield { is: "fault", ...read.fault };
    else yield "unread" in read ? { is: "unread", file: read.unread } : checkFile(read, options);
  }
}
