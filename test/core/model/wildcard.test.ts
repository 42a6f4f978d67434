import * as fc from "fast-check";
import { expect, it } from "vitest";
import { matchesPattern } from "../../../lib/core/model/wildcard.ts";

it.each([
  ["churn", "churn", true],
  ["churn", "churn-2", false],
  ["churn*", "churn", true],
  ["*", "", true],
  ["", "", true],
  ["", "x", false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["*ab*ab", "ab", false],
  ["*ab*ab", "xabyab", true],
  ["a.c", "abc", false],
  ["a*c", "a\nc", true],
])("the pattern %j matches %j: %s", (pattern, value, is) => expect(matchesPattern(pattern, value)).toBe(is));

it("matchesPattern gives the same result as the equivalent regular expression", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "*"), maxLength: 8 });
  void fc.assert(
    fc.property(text, text, (pattern, value) => {
      const parts = pattern.split("*").map((part) => part.replaceAll(".", "\\."));
      expect(matchesPattern(pattern, value)).toBe(new RegExp(`^${parts.join(".*")}$`, "s").test(value));
    }),
    { numRuns: 5_000 },
  );
});
