import { addAbortSignal } from "node:stream";
import { fileFault, sizeText } from "./file-fault.ts";
import { type UnpackOptions, unpack } from "./gunzip.ts";
import type { FileContent } from "./read-file.ts";

/**
 * Reads standard input until it ends or the signal aborts, and unpacks gzip. After an abort the input is incomplete.
 */
export async function readStandardInput(options: UnpackOptions, signal?: AbortSignal): Promise<FileContent> {
  const input = signal ? addAbortSignal(signal, process.stdin) : process.stdin;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of input) {
      length += (chunk as Buffer).length;
      if (length > options.maxBytes) return { is: "fault", because: `over ${sizeText(options.maxBytes)}; split it` };
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    // It may be a folder: `keyward replay - < folder`.
    if (!signal?.aborted) return { is: "fault", because: fileFault(error) };
  }
  return unpack(Buffer.concat(chunks), options);
}
