import * as fc from "fast-check";
import { expect, it } from "vitest";
import { defanged, quoted, quotedAscii } from "../../lib/text/untrusted.ts";
import { quotePath } from "../../lib/wording/catalogue-path.ts";
import { HOSTILE, hitsIn } from "../attacks/hostile.ts";

it("is inert, alone and within a text", () => {
  for (const evil of HOSTILE) expect([defanged(evil, 300), defanged(`x ${evil} y`, 300)].flatMap(hitsIn)).toEqual([]);
});

it.each([
  ["ml.m5.2xlarge", "ml.m5.2xlarge"],
  ["arn:aws:iam::111122223333:role/ds", "arn:aws:iam::111122223333:role/ds"],
  ["s3://ml-data/churn", "s3://ml-data/churn"],
  ["see https://evil.com", '"see hxxps://evil[.]com"'],
  [`a "quote"`, `"a 'quote'"`],
  ["x ".repeat(100), `"${"x ".repeat(39)}x…"`],
])("%s is shown as %s", (text, shown) => expect(quoted(text, 200)).toBe(shown));

it("is bounded and has no address, whatever it was", () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...HOSTILE, ".", "/", ":", "a", " ", "http", "@", "]", "(", "\\")),
      (parts) => {
        const text = defanged(parts.join(""), 120);
        expect([...text].length).toBeLessThanOrEqual(120);
        expect(text).not.toMatch(/https?:\/\/|[a-z]\.com(?![\p{L}\p{M}\p{N}])|\]\(|[<>]|\\\\/iu);
        expect([...quoted(parts.join(""), 50)].length).toBeLessThanOrEqual(50);
      },
    ),
  ));

it("ends a quotation that is cut", () => {
  expect(quoted("a long sentence", 10)).toBe('"a long …"');
  expect(quotedAscii("a long sentence", 10)).toBe('"a long ~"');
  expect(quotedAscii("a\u2800b", 10)).toBe('"a b"');
});

it("is no domain because it was cut", () => {
  expect(defanged("evil.com1", 9)).toBe("evil.com1");
  expect(defanged("x evil.com12", 11)).toBe("x evil…");
  expect(defanged("evil.large-1", 8)).toBe("evil…");
});

it("is a path of the catalogue only as a whole: members in another order can be a domain", () => {
  expect(quotePath("ResourceConfig.VolumeKmsKeyId", quoted)).toBe("ResourceConfig.VolumeKmsKeyId");
  expect(quotePath("ResourceConfig.InstanceGroups[2].InstanceType", quoted)).toContain("InstanceGroups[2]");
  expect(quotePath("policy.name", quoted)).toBe("policy[.]name");
  expect(quotePath("Steps[evil.com].Arguments.ResourceConfig.VolumeKmsKeyId", quoted)).toBe(
    "Steps[evil[.]com].Arguments.ResourceConfig.VolumeKmsKeyId",
  );
});
