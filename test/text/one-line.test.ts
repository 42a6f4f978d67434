import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciiLine, oneLine, wrap } from "../../lib/text/one-line.ts";
import { shellWord } from "../../lib/text/shell-word.ts";

const anything = fc.string({ maxLength: 600, unit: "binary" });

describe("a text for one line", () => {
  it.each([
    ["controls and line breaks", "a\u0000b\r\nc\u0085d\u2028e", "a b c d e"],
    ["bidirectional overrides", "a\u202eb\u2066c\u2069d", "a b c d"],
    ["zero-width and other invisible characters", "a\u200bb\ufeffc\u034fd\u3164e\ufe0ff", "a b c d e f"],
    ["halves of surrogate pairs", "a\ud800b", "a b"],
    ["runs of white space", "  a \t b\u00a0 c ", "a b c"],
  ])("has no %s", (_, text, clean) => expect(oneLine(text, 99)).toBe(clean));

  it("is one line of limited length, for any input", () =>
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 200 }), (text, max) => {
        expect([...oneLine(text, max)].length).toBeLessThanOrEqual(max);
        expect(oneLine(text, max)).not.toMatch(/[\p{C}\p{DI}\p{Zl}\p{Zp}\n\r]/u);
        expect(asciiLine(text, max)).toMatch(/^[ -~]*$/);
      }),
    ));

  it("shows where it was cut", () => {
    expect(oneLine("x".repeat(9), 5)).toBe("xxxx…");
    expect(asciiLine("né 漢字", 99)).toBe("n? ?");
    expect(asciiLine("x".repeat(9), 5)).toBe("xxxx~");
  });

  it("is wrapped at spaces, and never inside a word", () => {
    expect(wrap("aa bb cc", 5, "  ")).toBe("aa bb\n  cc");
    expect(wrap("a".repeat(9), 5)).toBe("a".repeat(9));
  });
});

describe("a word of a shell command", () => {
  it.each(["a", "arn:aws:iam::111122223333:role/team/ds", "ml.t3.medium", "alias/my_key", "subnet-0a1b"])(
    "can be %s",
    (word) => expect(shellWord(word)).toBe(word),
  );

  it.each([
    "",
    "-x",
    "--endpoint-url=x",
    "file:///etc/passwd",
    "https://x",
    "a b",
    "a\nb",
    "$(id)",
    "`id`",
    "a;b",
    "a'",
  ])("cannot be %j", (word) => expect(shellWord(word)).toBeUndefined());

  it("is one word for a shell, with any content", () => {
    const characters = fc.constantFrom(..."aZ09_.:/=@+,- '\"`$\\;&|<>(){}[]*?!~#%^\n\té");
    const texts = fc.sample(fc.string({ unit: characters, maxLength: 4 }), 9000);
    const words = texts.flatMap((text) => shellWord(text) ?? []);
    expect(words.length).toBeGreaterThan(100);
    const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${words.join(" ")}`]);
    expect(stdout.toString().split("\n")).toEqual([...words, ""]);
  });
});
