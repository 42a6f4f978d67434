import { gunzipSync } from "node:zlib";

export type Decoded = { readonly text: string } | { readonly fault: string };

/** The text of a file: UTF-8 or what PowerShell's `>` writes, plain or gzip by its magic bytes, whatever its name. */
export function decode(bytes: Buffer): Decoded {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    const encoding = plain[0] === 0xff && plain[1] === 0xfe ? "utf16le" : "utf8";
    return { text: plain.toString(encoding).replace(/^\ufeff/, "") };
  } catch (error) {
    const tooLarge = error instanceof Error && "code" in error && /TOO_LONG|TOO_LARGE/.test(String(error.code));
    return {
      fault: tooLarge ? "too large to be read at once; split it" : "a damaged or truncated gzip; fetch it again",
    };
  }
}
