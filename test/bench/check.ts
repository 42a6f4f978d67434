import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COMMAND = "bin/keyward.mjs";
const BUILT = "dist/cli/main.mjs";
const TEMPLATE = "test/check/templates/studio.yaml";
const FILES = 60;
const ROUNDS = 5;

/** The most CPU that 60 files may take, as a multiple of one, and of cfn-lint's on the same files. */
const AT_MOST = { ofOne: 2, ofLinter: 0.2 } as const;

/** CPU of `keyward check` on 60 templates, against one template and against `cfn-lint` on the same files. */
export function benchCheck(): string[] {
  if (!existsSync(BUILT)) return [`keyward check: skipped, ${BUILT} is not built`];
  const folder = mkdtempSync(join(tmpdir(), "keyward-bench-"));
  try {
    const [one, many] = [writeTemplates(join(folder, "one"), 1), writeTemplates(join(folder, "many"), FILES)];
    const check = (path: string) => cpuOf(process.execPath, [COMMAND, "check", path]);
    // The first round warms the file system's cache.
    const rounds = Array.from({ length: ROUNDS + 1 }, () => [check(one), check(many)] as const).slice(1);
    const [ofOne, ofMany] = [median(rounds.map(([ms]) => ms)), median(rounds.map(([, ms]) => ms))];
    return [
      row("one template", ofOne),
      row(`${FILES} templates`, ofMany),
      ratio(`${FILES} templates against one`, ofMany / ofOne, AT_MOST.ofOne),
      ...againstLinter(many, ofMany),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function againstLinter(folder: string, ms: number): string[] {
  const isThere = spawnSync("cfn-lint", ["--version"]).status === 0;
  if (!isThere) return ["against cfn-lint on the same files: SKIPPED, cfn-lint is not on the PATH"];
  const linter = median([1, 2, 3].map(() => cpuOf("cfn-lint", ["--non-zero-exit-code", "none", `${folder}/*.yaml`])));
  return [
    row("cfn-lint on the same files", linter),
    ratio("keyward check against cfn-lint", ms / linter, AT_MOST.ofLinter),
  ];
}

/** Templates that differ in a name, so that nothing is read once only. */
function writeTemplates(folder: string, count: number): string {
  mkdirSync(folder);
  const text = readFileSync(TEMPLATE, "utf8");
  for (let i = 0; i < count; i++) {
    writeFileSync(join(folder, `studio-${i}.yaml`), text.replaceAll("Features", `Features${i}`));
  }
  return folder;
}

/** The CPU of a command and its children in milliseconds, user and system. The shell's `times` shows its children's. */
function cpuOf(command: string, args: readonly string[]): number {
  const script = '"$@" >/dev/null; code=$?; times; exit $code';
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script, "bash", command, ...args], { encoding: "utf8" });
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  if (times.length !== 2 || (status !== 0 && status !== 1)) throw new Error(`${command}: exit ${status}: ${stderr}`);
  return times.reduce((sum, one) => sum + one, 0) * 1000;
}

const row = (name: string, ms: number): string => `${name.padEnd(42)}${ms.toFixed(0).padStart(5)} ms CPU`;

const ratio = (name: string, value: number, atMost: number): string =>
  `${name.padEnd(42)}${value.toFixed(2).padStart(5)} times, at most ${atMost} wanted`;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
