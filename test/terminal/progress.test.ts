import { afterEach, describe, expect, it, vi } from "vitest";
import { whileWaiting } from "../../lib/cli/terminal/progress.ts";

const isTTY = process.stderr.isTTY;

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

async function linesOf(isTerminal: boolean, seconds: number): Promise<string[]> {
  vi.useFakeTimers();
  process.stderr.isTTY = isTerminal;
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const waiting = whileWaiting("reading", new Promise((resolve) => setTimeout(() => resolve("read"), seconds * 1000)));
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  expect(await waiting).toBe("read");
  return lines.map((line) => line.replace("\r\u001b[K", ""));
}

describe("a command that waits", () => {
  it("shows on a terminal for how long, and clears the line at its end", async () => {
    expect(await linesOf(true, 2.5)).toEqual(["reading (1 s)", "reading (2 s)", ""]);
  });

  it.each([
    ["elsewhere", false, 2.5],
    ["within the first second", true, 0.5],
  ])("shows nothing %s", async (_, isTerminal, seconds) => {
    expect(await linesOf(isTerminal, seconds)).toEqual([]);
  });
});
