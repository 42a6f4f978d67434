const UTF16_MARK = Buffer.from([0xff, 0xfe]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The content of a text file as UTF-8 without a byte order mark. Takes UTF-8, and UTF-16 as PowerShell's `>` writes it.
 * The result may share the memory of `bytes`.
 */
export function toUtf8(bytes: Buffer): Buffer {
  if (startsWith(bytes, UTF16_MARK)) return Buffer.from(bytes.toString("utf16le", UTF16_MARK.length), "utf8");
  return startsWith(bytes, UTF8_MARK) ? bytes.subarray(UTF8_MARK.length) : bytes;
}

const startsWith = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);
