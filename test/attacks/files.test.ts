import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLI, keyward } from "../support/cli.ts";
import { keywardHere } from "../support/cli-here.ts";

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "keyward-files-"));
const at = (name: string): string => join(folder, name);
const socket = createServer();
beforeAll(async () => {
  execFileSync("mkfifo", [at("pipe.json")]);
  mkdirSync(at("folder"));
  await new Promise<void>((done) => socket.listen(at("socket.json"), done));
});
afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true });
});

const EVENT = "events/CreateTrainingJob/fail-no-volume-key.json";
/** Every operand and option that names a file to read. */
const READERS: readonly (readonly string[])[] = [
  ["check", "FILE"],
  ["check", EVENT, "--policy", "FILE"],
  ["policy", "check", "FILE"],
  ["policy", "suggest", "--from", "FILE"],
  ["replay", "FILE"],
  ["replay", EVENT, "--policy", "FILE"],
  ["replay", EVENT, "--world", "FILE"],
  ["explain", "FILE"],
  ["explain", EVENT, "--world", "FILE"],
  ["backtest", "FILE"],
  ["backtest", EVENT, "--compare", "FILE"],
  ["sweep", "--target", "embedded", "--checkpoint", "FILE"],
];
/** Those that take a folder too. */
const TAKES_FOLDER = ["check", "replay", "explain", "backtest"];

describe.each(READERS.map((args) => [args.join(" "), args] as const))("%s", (_name, args) => {
  const on = (file: string) => args.map((arg) => (arg === "FILE" ? file : arg));

  it("refuses a pipe, and does not wait for it", () => {
    const { code, err } = keyward(on(at("pipe.json")));
    expect(err).toContain(`${at("pipe.json")}: not a regular file but a pipe, a socket or a device`);
    expect(code).toBe(2);
  });

  if (TAKES_FOLDER.includes(args[0] ?? "") && args[1] === "FILE") return;
  it("refuses a folder", async () => {
    const { code, err } = await keywardHere(on(at("folder")));
    expect(err).toContain(`${at("folder")}: a folder; give a file`);
    expect(code).toBe(2);
  });
});

it.each(["socket.json", "/dev/zero"])("%s is refused like a pipe", (name) => {
  const { code, err } = keyward(["policy", "check", name.startsWith("/") ? name : at(name)]);
  expect(err).toContain("not a regular file but a pipe, a socket or a device");
  expect(code).toBe(2);
});

describe("a file that is too large is refused by its size", () => {
  it.each([
    ["a policy of one line", ["policy", "check"], "a".repeat(50 * MIB), "over 256 KiB; give a policy file"],
    ["a template that is not JSON", ["check"], "a".repeat(2 * MIB), "over 1 MiB, and not JSON; split it"],
    ["a request", ["check"], "a".repeat(65 * MIB), "over 64 MiB; split it"],
    ["an event", ["replay"], "a".repeat(65 * MIB), "over 64 MiB; split it"],
  ] as const)("%s", (_what, args, content, because) => {
    writeFileSync(at("large.yaml"), content);
    const { code, err } = keyward([...args, at("large.yaml")]);
    expect(err).toContain(`${at("large.yaml")}: ${because}`);
    expect(code).toBe(2);
  });

  it.each(["replay", "explain", "backtest"])("standard input of %s is refused while it streams", (command) => {
    // The reader ends the pipe, and `yes` with it; without a limit it would never end.
    const shell = `yes "" | "$0" "$@"`;
    const { status, stderr } = spawnSync("sh", ["-c", shell, process.execPath, ...CLI, command, "-"], {
      timeout: 120_000,
    });
    expect(stderr.toString()).toMatch(/standard input: over (64|512) MiB; split it/);
    expect(status).toBe(2);
  });
});

describe("a text that its parser would read for minutes, or that would end the process", () => {
  it.each([
    ["lists", "["],
    ["objects", '{"a":'],
  ])("50 MB of %s, each in the one before", (_what, open) => {
    writeFileSync(at("deep.json"), open.repeat((50 * MIB) / open.length));
    for (const command of ["check", "replay", "explain"]) {
      const { code, err } = keyward([command, at("deep.json")]);
      expect(err).toContain("nested too deep; give");
      expect(code).toBe(2);
    }
  });

  it.each([
    ["100,000 keys", Array.from({ length: 90_000 }, (_, i) => `k${i}: 1`).join("\n"), "nothing that can be judged"],
    ["250,000 aliases", `a: &a x\nb: [${"*a,".repeat(250_000)}]`, "its aliases cannot be resolved"],
    ["keys, each in the one before", "? ".repeat(500_000), "nested too deep"],
  ])("a template of %s", (_what, content, because) => {
    writeFileSync(at("slow.yaml"), content);
    const { code, err } = keyward(["check", at("slow.yaml")]);
    expect(err).toContain(because);
    expect(code).toBe(2);
  });

  it.each([
    ["80,000 aliases", `a: &a x\nb: [${"*a,".repeat(80_000)}]`, "its aliases (*name) stand for too much"],
    ["keys, each in the one before", "? ".repeat(120_000), "nested too deeply"],
  ])("a policy of %s", (_what, content, because) => {
    writeFileSync(at("slow.yaml"), content);
    const { code, err } = keyward(["policy", "check", at("slow.yaml")]);
    expect(err).toContain(because);
    expect(code).toBe(2);
  });
});

describe("a gzip of 1 MB that unpacks to 1 GB", () => {
  const zeros = gzipSync(Buffer.alloc(64 * MIB));
  const spaces = gzipSync(Buffer.alloc(64 * MIB, " "));
  /** Prints the peak of its memory in MB at its end. */
  const measured = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+Math.round(process.resourceUsage().maxRSS/1024)))`;
  const peakOf = (args: readonly string[]) => {
    const { stderr } = spawnSync(process.execPath, ["--import", measured, ...CLI, ...args], { timeout: 120_000 });
    return { err: stderr.toString(), peak: Number(/peak (\d+)$/.exec(stderr.toString())?.[1]) };
  };

  it.each([
    ["of zeros", Array(15).fill(zeros)],
    ["of a list that does not end", [gzipSync("["), ...Array(15).fill(spaces)]],
  ])("%s costs backtest no more memory than 500 MB", (_what, members) => {
    writeFileSync(at("bomb.json.gz"), Buffer.concat(members));
    const { err, peak } = peakOf(["backtest", at("bomb.json.gz")]);
    expect(err).toContain("over 100 times its size when unpacked; split it");
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThan(500);
  });
});
