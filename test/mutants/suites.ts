import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The end of a suite. `hung`: it did not end in time and was killed. `broken`: it did not run a test. */
export type Ended =
  | { readonly is: "passed" }
  | { readonly is: "failed"; readonly test: string }
  | { readonly is: "hung" | "broken"; readonly detail: string };

export interface Suite {
  readonly name: string;
  /** Runs the suite in a copy of the repository, for at most so many milliseconds. */
  run(folder: string, limitMs: number): Promise<Ended>;
}

const REPORT = "mutants-report.json";

/** Runs test files, up to the first test that fails. */
const tests = (name: string, paths: readonly string[]): Suite => ({
  name,
  async run(folder, limitMs) {
    rmSync(join(folder, REPORT), { force: true });
    const config = ["--config", "test/mutants/vitest.config.ts", "--reporter=json", `--outputFile=${REPORT}`];
    const args = [join("node_modules", "vitest", "vitest.mjs"), "run", ...paths, "--bail=1", ...config];
    return endedOf(await runNode(args, folder, limitMs), folder);
  },
});

/** Plays more schedules of every mode than the tests do. */
const schedules = (seeds: string): Suite => ({
  name: `simulate ${seeds}`,
  async run(folder, limitMs) {
    const args = ["--import", "tsx", "test/simulation/main.ts", "--seeds", seeds];
    const { status, output } = await runNode(args, folder, limitMs);
    if (status === "hung") return { is: "hung", detail: `npm run simulate -- --seeds ${seeds}` };
    if (status === 0) return { is: "passed" };
    const first = /^seed .*$/m.exec(output)?.[0].replace(/\(npm run simulate -- (.*)\)/, "($1)");
    return first ? { is: "failed", test: `simulation, ${first}` } : { is: "broken", detail: output.slice(-2_000) };
  },
});

/** Files of test/enforce that need no wait for a retry of the SDK. */
const QUICK = ["ledger", "limiter", "act", "with-slot", "notice-limits", "alarms", "record", "alarm-metrics"].map(
  (name) => `test/enforce/${name}.test.ts`,
);

/** The suites that must notice a bug in the enforcement path, the fast ones first. */
export const suites: readonly Suite[] = [
  tests("quick tests", [...QUICK, "test/aws", "test/actions", "test/daily"]),
  tests("simulation", ["test/simulation"]),
  tests("enforce", ["test/enforce", ...QUICK.map((file) => `--exclude=${file}`)]),
  schedules("4..20"),
];

interface Ran {
  readonly status: number | null | "hung";
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Runs Node with a limit in milliseconds, and ends it with its own children. */
export function runNode(args: readonly string[], cwd: string, limitMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    // A group of its own, so that its workers end with it.
    const child = spawn(process.execPath, [...args], { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let output = "";
    let hung = false;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
    const timer = setTimeout(() => {
      hung = true;
      endGroup(child);
    }, limitMs);
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ status: hung ? "hung" : code, output });
    });
  });
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Ends every suite that still runs. */
export function endSuites(): void {
  for (const child of running) endGroup(child);
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function endedOf({ status, output }: Ran, folder: string): Ended {
  if (status === "hung") return { is: "hung", detail: "vitest" };
  if (status === 0) return { is: "passed" };
  const path = join(folder, REPORT);
  if (!existsSync(path)) return { is: "broken", detail: output.slice(-2_000) };
  const { testResults } = JSON.parse(readFileSync(path, "utf8")) as Report;
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find((one) => one.status === "failed");
    if (failed) return { is: "failed", test: `${name.slice(folder.length + 1)}: ${failed.fullName}` };
  }
  return { is: "broken", detail: testResults.map(({ message }) => message ?? "").join("\n") || output.slice(-2_000) };
}
