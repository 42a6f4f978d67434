import { gunzipSync } from "node:zlib";

/** Beyond this a file is read in pieces by others: a log file has 50 MB at most, and a bomb is to hit a wall. */
export const MAX_BYTES = 1024 ** 3;
/** What deflate can make of a byte at most. */
const MAX_RATIO = 1032;
const MIN_CHUNK = 64 * 1024;

export type Unzipped =
  | { readonly is: "read"; readonly bytes: Buffer }
  | { readonly is: "damaged"; readonly because: string };

export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * What a gzip of one member or more holds, checked against its checksums. The length at its end (RFC 1952, ISIZE) only
 * sizes the buffer: it is of the last member alone, and not to be believed of a hostile file.
 */
export function gunzip(bytes: Buffer): Unzipped {
  const length = bytes.length >= 18 ? bytes.readUInt32LE(bytes.length - 4) : 0;
  const chunkSize = Math.min(Math.max(length + 1, MIN_CHUNK), bytes.length * MAX_RATIO + MIN_CHUNK, MAX_BYTES);
  try {
    const { buffer, engine } = gunzipSync(bytes, { chunkSize, maxOutputLength: MAX_BYTES, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten === bytes.length) return { is: "read", bytes: buffer };
    return { is: "damaged", because: "bytes that belong to no gzip follow its end" };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { is: "damaged", because: tooLarge ? "over 1 GiB when unpacked; split it" : "a damaged or truncated gzip" };
  }
}
