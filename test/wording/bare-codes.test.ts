import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { policyOf } from "../support/build.ts";

/**
 * Text is output only. If every sentence is replaced by its bare code, each verdict, action, metric and exit code stays
 * the same.
 */

const WORDING = "../../lib/wording/reasons/say.ts";

const COMMANDS: readonly (readonly [command: string, args: readonly string[]])[] = [
  ["replay", ["events", "--json", "--target", "dry-run", "--fail-on", "non-compliant"]],
  ["replay", ["events/ignored", "--json"]],
  ["replay", ["events/malformed", "--target", "dry-run"]],
  ["replay", ["events/CreateTrainingJob", "--fail-on", "non-compliant"]],
  ["explain", ["events/CreateEndpointConfig"]],
  ["check", ["test/check/templates"]],
  ["check", ["test/check/templates", "--format", "sarif", "--strict"]],
  ["backtest", ["events", "--json", "--threads", "1"]],
  ["sweep", ["--target", "embedded", "--fail-on", "non-compliant"]],
  ["sweep", ["--target", "embedded", "--json"]],
];

afterEach(() => {
  vi.doUnmock(WORDING);
  vi.resetModules();
  vi.restoreAllMocks();
});

/** Members with a sentence, and members that differ from run to run. */
const SENTENCES = new Set(["because", "madeAt", "eventID", "eventTime"]);

it("Keyward decides, acts and counts the same without sentences", { timeout: 120_000 }, async () => {
  const worded = await enforceAll();
  withBareCodes();
  const bare = await enforceAll();
  expect(bare.said).not.toEqual(worded.said);
  expect(bare.lines).toEqual(worded.lines);
});

it.each(COMMANDS)(
  "keyward %s %j ends with the same code and decides the same",
  { timeout: 120_000 },
  async (command, args) => {
    const worded = await run(command, args);
    withBareCodes();
    const bare = await run(command, args);
    expect(bare).toEqual(worded);
  },
);

function withBareCodes(): void {
  vi.resetModules();
  vi.doMock(WORDING, () => ({ say: ({ code }: { readonly code: string }) => code }));
}

/** The log lines of every shipped event through enforcement, on the embedded AWS. */
async function enforceAll() {
  const { portsOn, embeddedState } = await import("../support/world.ts");
  const { respond } = await import("../../lib/enforce/respond.ts");
  const { parse } = await import("../../lib/core/read/parse.ts");
  const { aws } = await embeddedState();
  const texts: string[] = [];
  const ports = portsOn(aws, policyOf({ limits: { "stops-per-hour": 30 } }), { log: (line) => texts.push(line) });
  const files = readdirSync("events", { recursive: true, encoding: "utf8" }).filter((file) => /\/.*\.json$/.test(file));
  for (const file of files.sort()) {
    const event: unknown = JSON.parse(readFileSync(join("events", file), "utf8"));
    const parsed = parse(event);
    if (parsed.is === "call") aws.sagemaker.apply(parsed);
    await respond(
      event,
      { ...ports, wait: async () => {} },
      { receives: 9, sentAt: new Date(0), isRedriven: false, isLast: false },
    );
  }
  await aws.close();
  return { said: texts.join("\n").match(/"because":"[^"]*"/g), lines: texts.map((text) => plain(JSON.parse(text))) };
}

async function run(command: string, args: readonly string[]) {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const { commands } = await import("../../lib/cli/command-table.ts");
  const code = await (await commands[command]?.load())?.run([...args], commands);
  vi.restoreAllMocks();
  const decided = args.includes("--json")
    ? written
        .join("")
        .trim()
        .split("\n")
        .map((line) => plain(JSON.parse(line)))
    : [];
  return { code, decided };
}

/** A value without its sentences and times. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      SENTENCES.has(name) || name === "_aws" || name === "ActedAfter" ? [] : [[name, plain(one)]],
    ),
  );
}
