import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unpack } from "../../lib/files/gunzip.ts";

const MIB = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(8 * MIB));
/** The length at its end says one byte, so the limit must apply during unpacking. */
const lying = Buffer.concat([bomb, gzipSync("x")]);

describe.each([true, false])("shared buffer: %s", (shared) => {
  it.each([
    ["a bomb", bomb],
    ["a bomb whose last length is small", lying],
  ])("%s is refused at the limit", (_what, bytes) => {
    expect(unpack(bytes, { maxBytes: MIB, shared })).toEqual({
      is: "fault",
      because: "over 1 MiB when unpacked; split it",
    });
  });

  it("a file within the limit is unpacked", () => {
    const content = unpack(lying, { maxBytes: 9 * MIB, shared });
    expect(content).toMatchObject({ is: "read", isChecked: true });
    expect(content.is === "read" && content.bytes.length).toBe(8 * MIB + 1);
  });
});
