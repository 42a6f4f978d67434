import { constants, createGunzip, type Gunzip, gunzipSync } from "node:zlib";
import { sizeText } from "./file-fault.ts";

const MEGABYTE = 1024 * 1024;
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
}

/** By the magic bytes (RFC 1952, ID1 and ID2), and not by the file's name. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * The content of a file: unpacked where it is gzip, of one member or more, and checked against its checksums. Memory is
 * bounded: unpacking stops as soon as `maxBytes` are exceeded.
 */
export function unpack(bytes: Buffer, options: UnpackOptions): Unpacked {
  if (!isGzip(bytes)) return { is: "read", bytes, isChecked: false };
  return options.shared ? gunzipShared(bytes, options.maxBytes) : gunzipOwn(bytes, options.maxBytes);
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
function gunzipShared(bytes: Buffer, maxBytes: number): Unpacked {
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
    return { is: "fault", because: gzipFault(error, maxBytes) };
  }
}

function gunzipOwn(bytes: Buffer, maxBytes: number): Unpacked {
  try {
    return { is: "read", bytes: gunzipSync(bytes, { maxOutputLength: maxBytes }), isChecked: true };
  } catch (error) {
    return { is: "fault", because: gzipFault(error, maxBytes) };
  }
}

const gzipFault = (error: unknown, maxBytes: number): string =>
  error instanceof RangeError ? `over ${sizeText(maxBytes)} when unpacked; split it` : "a damaged or truncated gzip";

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
