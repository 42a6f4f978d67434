import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";

const PAGE = readFileSync("docs/defaults.md", "utf8");
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The page's indented blocks, without the indentation. */
const blocks = [...PAGE.matchAll(/(?:^(?: {4}.*)?\n)+/gm)]
  .map(([block]) => block.replace(/^ {4}/gm, "").trim())
  .filter((block) => block !== "" && !block.startsWith("npx "));

describe("docs/defaults.md", () => {
  const printed = keyward(["defaults", "sdk-v2", "--key", KEY]);
  const asJson = keyward(["defaults", "sdk-v2", "--key", KEY, "--json"]);
  const real = [printed.out, printed.err, asJson.out].map((text) => text.split("\n").map((line) => line.trim()));

  it("shows output that the command prints, line after line", () => {
    expect(blocks).toHaveLength(3);
    for (const [i, block] of blocks.entries()) {
      for (const line of block.split("\n")) expect(real[i]).toContain(line.trim());
    }
  });
});
