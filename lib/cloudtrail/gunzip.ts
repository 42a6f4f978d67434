import { constants, createGunzip, type Gunzip, gunzipSync } from "node:zlib";

/** A log file has 50 MB at most; beyond this a bomb is to hit a wall. */
const MAX_BYTES = 1024 ** 3;
const MEGABYTE = 1024 * 1024;
/** Kept for the next file, if it takes no more. */
const MAX_KEPT = 64 * MEGABYTE;

export type Unzipped =
  | { readonly is: "read"; readonly bytes: Buffer }
  | { readonly is: "damaged"; readonly because: string };

export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What `gunzipSync` itself is made of, with the buffer that it would allocate anew for each file. */
type Engine = Gunzip & {
  _chunkSize: number;
  _outBuffer: Buffer;
  _maxOutputLength: number;
  _processChunk(chunk: Buffer, flush: number): Buffer;
};

let room = Buffer.alloc(0);

/**
 * What a gzip of one member or more holds, checked against its checksums; good until the next call, which may use the
 * same memory. That is a third faster than `gunzipSync`, much of whose time goes into pages that were never touched: so
 * Node's own engine is handed its buffer. Where another Node does not take it, only the speed is lost.
 */
export function gunzip(bytes: Buffer): Unzipped {
  const engine = createGunzip() as Engine;
  if (typeof engine._processChunk !== "function") return unzipPlainly(bytes);
  engine._outBuffer = roomFor(bytes);
  engine._chunkSize = engine._outBuffer.length;
  engine._maxOutputLength = MAX_BYTES;
  try {
    const unzipped = engine._processChunk(bytes, constants.Z_FINISH);
    if (engine.bytesWritten === bytes.length) return { is: "read", bytes: unzipped };
    return { is: "damaged", because: "bytes that belong to no gzip follow its end" };
  } catch (error) {
    return { is: "damaged", because: faultOf(error) };
  }
}

/** For a Node whose engine is made otherwise. */
function unzipPlainly(bytes: Buffer): Unzipped {
  try {
    return { is: "read", bytes: gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) };
  } catch (error) {
    return { is: "damaged", because: faultOf(error) };
  }
}

const faultOf = (error: unknown): string =>
  error instanceof RangeError ? "over 1 GiB when unpacked; split it" : "a damaged or truncated gzip";

/**
 * As large as the length at the end says (RFC 1952, ISIZE). That is of the last member alone, and a damaged file may say
 * anything: it only decides how often the engine has to go on in a buffer of its own.
 */
function roomFor(bytes: Buffer): Buffer {
  const length = bytes.length >= 18 ? bytes.readUInt32LE(bytes.length - 4) : 0;
  const wanted = Math.ceil((Math.min(length, MAX_KEPT) + 1) / MEGABYTE) * MEGABYTE;
  if (room.length < wanted) room = Buffer.allocUnsafeSlow(wanted);
  return room;
}
