import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { fileFault, NOT_REGULAR, sizeText } from "./file-fault.ts";
import { type Unpacked, type UnpackOptions, unpack } from "./gunzip.ts";

/** A file's content, unpacked; or the reason why it cannot be read, with advice. */
export type FileContent = Unpacked;

/**
 * Reads a regular file at once, and unpacks gzip. Memory is bounded by `maxBytes`, for the file and for the result.
 * A pipe or a device is a fault: opening one by name could wait for ever. Never throws.
 */
export function readFile(path: string, options: UnpackOptions): FileContent {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(file);
    if (found.isDirectory()) return { is: "fault", because: "a folder; give a file" };
    if (!found.isFile()) return { is: "fault", because: NOT_REGULAR };
    if (found.size > options.maxBytes) {
      return { is: "fault", because: `over ${sizeText(options.maxBytes)}; split it` };
    }
    return unpack(readFileSync(file), options);
  } catch (error) {
    return { is: "fault", because: fileFault(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
