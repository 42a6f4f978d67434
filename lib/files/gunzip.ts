import { constants, createGunzip, type Gunzip, gunzipSync } from "node:zlib";
import { sizeText } from "./file-fault.ts";

const MEGABYTE = 1024 * 1024;
/**
 * A gzip may unpack to `FREELY`, whatever its own size, and to so many times its size. A log of CloudTrail unpacks to 10 to
 * 30 times its size; only made-up data reaches 100.
 */
const FREELY = 64 * MEGABYTE;
const MAX_RATIO = 100;
/** Up to this size, the buffer is kept for the next file. */
const MAX_KEPT = 64 * MEGABYTE;

export type Unpacked =
  | {
      readonly is: "read";
      readonly bytes: Buffer;
      /** The file was gzip, and its checksums show that it is intact. */
      readonly isChecked: boolean;
    }
  | { readonly is: "fault"; readonly because: string };

export interface UnpackOptions {
  /** Unpacking stops after this number of bytes. */
  readonly maxBytes: number;
  /** The result is valid only until the next call, because all such calls share one buffer. */
  readonly shared?: boolean;
  /** What to do about a file that is too large; "split it" if absent. */
  readonly advice?: string;
}

/** By the magic bytes (RFC 1952, ID1 and ID2), and not by the file's name. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The content of a file: unpacked where it is gzip, of one member or more, and checked against its checksums. Memory is
 * bounded: unpacking stops as soon as `maxBytes` are exceeded, or 64 MiB and 100 times the size of the file.
 */
export function unpack(bytes: Buffer, options: UnpackOptions): Unpacked {
  if (!isGzip(bytes)) return { is: "read", bytes, isChecked: false };
  const maxBytes = Math.min(options.maxBytes, Math.max(FREELY, bytes.length * MAX_RATIO));
  const unpacked = options.shared ? gunzipShared(bytes, maxBytes) : gunzipOwn(bytes, maxBytes);
  if (unpacked !== "too large") return unpacked;
  const limit = maxBytes === options.maxBytes ? sizeText(maxBytes) : `${MAX_RATIO} times its size`;
  return { is: "fault", because: `over ${limit} when unpacked; split it` };
}

/** The members of Node's Gunzip that `gunzipSync` itself uses. */
type Engine = Gunzip & {
  _chunkSize: number;
  _outBuffer: Buffer;
  _maxOutputLength: number;
  _processChunk(chunk: Buffer, flush: number): Buffer;
};

let room = Buffer.alloc(0);

/**
 * `gunzipSync` allocates a buffer for each file, and a third of its time goes into the first use of that memory. Here
 * the engine gets the previous file's buffer. With a Node whose engine differs, only the speed is lost.
 */
function gunzipShared(bytes: Buffer, maxBytes: number): Unpacked | "too large" {
  const engine = createGunzip() as Engine;
  if (typeof engine._processChunk !== "function") return gunzipOwn(bytes, maxBytes);
  engine._outBuffer = roomFor(bytes, maxBytes);
  engine._chunkSize = engine._outBuffer.length;
  engine._maxOutputLength = maxBytes;
  try {
    const unpacked = engine._processChunk(bytes, constants.Z_FINISH);
    if (engine.bytesWritten === bytes.length) return { is: "read", bytes: unpacked, isChecked: true };
    return { is: "fault", because: "bytes that belong to no gzip follow its end" };
  } catch (error) {
    return gzipFault(error);
  }
}

function gunzipOwn(bytes: Buffer, maxBytes: number): Unpacked | "too large" {
  try {
    return { is: "read", bytes: gunzipSync(bytes, { maxOutputLength: maxBytes }), isChecked: true };
  } catch (error) {
    return gzipFault(error);
  }
}

const gzipFault = (error: unknown): Unpacked | "too large" =>
  error instanceof RangeError ? "too large" : { is: "fault", because: "a damaged or truncated gzip" };

/**
 * A buffer of the length at the end of the file (RFC 1952, ISIZE). This is the length of the last member only, and a
 * damaged file may have any value there. A wrong length only makes the engine need more buffers.
 */
function roomFor(bytes: Buffer, maxBytes: number): Buffer {
  const length = bytes.length >= 18 ? bytes.readUInt32LE(bytes.length - 4) : 0;
  const wanted = Math.ceil((Math.min(length, MAX_KEPT, maxBytes) + 1) / MEGABYTE) * MEGABYTE;
  if (room.length < wanted) room = Buffer.allocUnsafeSlow(wanted);
  return room;
}
