import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { FOLDER, fileFault, NOT_REGULAR, sizeText } from "./file-fault.ts";
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
    if (found.isDirectory()) return { is: "fault", because: FOLDER };
    if (!found.isFile()) return { is: "fault", because: NOT_REGULAR };
    const bytes = readUpTo(file, found.size, options.maxBytes);
    if (bytes === undefined)
      return { is: "fault", because: `over ${sizeText(options.maxBytes)}; ${options.advice ?? "split it"}` };
    return unpack(bytes, options);
  } catch (error) {
    return { is: "fault", because: fileFault(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Reads to the end; `undefined` beyond `maxBytes`. The size is a hint: a file can grow, and those in /proc have none. */
function readUpTo(file: number, size: number, maxBytes: number): Buffer | undefined {
  if (size > maxBytes) return undefined;
  let bytes = Buffer.allocUnsafeSlow(Math.max(size, SMALLEST) + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0) return bytes.subarray(0, length);
    if (length > maxBytes) return undefined;
    if (length === bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2);
  }
}

const SMALLEST = 4096;
