import { describe, expect, it } from "vitest";
import { isFinal, nextOf } from "../../lib/actions/outcome.ts";
import type { Result } from "../../lib/ports/ports.ts";

const reason = { code: "gone" } as const;

describe("how an event continues after an action", () => {
  it.each<[Result, string, boolean]>([
    [{ is: "done" }, "done", true],
    [{ is: "already-done", reason }, "done", true],
    [{ is: "denied", reason }, "done", true],
    [{ is: "deferred", reason }, "retry", false],
    [{ is: "failed", reason, retryable: true }, "retry", false],
    [{ is: "failed", reason, retryable: false }, "deadLetter", false],
  ])("%j: %s, and final: %s", (result, next, final) => {
    expect(nextOf(result)).toBe(next);
    expect(isFinal({ do: "stop", outcome: result.is })).toBe(final);
  });
});
