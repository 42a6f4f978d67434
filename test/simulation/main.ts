import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs, promisify } from "node:util";
import { type ModeName, modes } from "./modes.ts";
import { simulate } from "./simulate.ts";

const USAGE = `Usage: npm run simulate -- [--seeds FROM..TO] [--mode MODE] [--trace SEED]

Plays random schedules of the real handler: processes that are killed or stand still,
lost answers, outages, wrong clocks, copies of messages. The same seed always plays
the same schedule. Prints each promise of docs/protocol.md that was broken, with its
seed, and ends with 1 if there is one.

  --seeds FROM..TO   the seeds of each mode (default 1..200)
  --mode MODE        one mode only: ${Object.keys(modes).join(", ")}
  --trace SEED       one seed of one mode, with everything that happens`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1..200" },
    mode: { type: "string" },
    trace: { type: "string" },
    help: { type: "boolean" },
    // Plays the seeds in this process, and prints the result of each mode as a line of JSON.
    part: { type: "boolean" },
  },
});

interface Sums {
  stops: number;
  notices: number;
  dead: number;
  /** Each broken promise, with its seed. */
  broken: { readonly seed: number; readonly promise: string }[];
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const names = Object.keys(modes).filter((name) => values.mode === undefined || name === values.mode) as ModeName[];
const [, from = 0, to = 0] = (/^(\d+)\.\.(\d+)$/.exec(values.seeds) ?? []).map(Number);

if (values.help || to < from || to === 0 || names.length === 0 || (values.trace !== undefined && names.length > 1)) {
  say(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (values.trace !== undefined) await traceOne(names[0] as ModeName, Number(values.trace));
else if (values.part) for (const name of names) say(JSON.stringify(await play(name, from, to)));
else await table();

async function traceOne(name: ModeName, seed: number): Promise<void> {
  const { broken } = await simulate(modes[name], seed, { trace: say });
  report(
    name,
    broken.map((promise) => ({ seed, promise })),
  );
}

async function play(name: ModeName, first: number, last: number): Promise<Sums> {
  const sums: Sums = { stops: 0, notices: 0, dead: 0, broken: [] };
  for (let seed = first; seed <= last; seed++) {
    const { broken, ...counts } = await simulate(modes[name], seed);
    add(sums, { ...counts, broken: broken.map((promise) => ({ seed, promise })) });
  }
  return sums;
}

/** Plays every mode, on all cores, and prints a row for each. */
async function table(): Promise<void> {
  say("| mode | what goes wrong | schedules | stops | notices | dead letters | broken promises |");
  say("|---|---|---|---|---|---|---|");
  const sums = await playInParts();
  for (const [i, name] of names.entries()) {
    const { stops, notices, dead, broken } = sums[i] as Sums;
    say(
      `| ${name} | ${modes[name].describe} | ${to - from + 1} | ${stops} | ${notices} | ${dead} | ${broken.length} |`,
    );
    report(name, broken);
  }
}

/** The sums of each mode. A process for each part of the seeds plays all modes, since its start takes a second. */
async function playInParts(): Promise<Sums[]> {
  const parts = Math.min(availableParallelism(), to - from + 1);
  const size = Math.ceil((to - from + 1) / parts);
  const played = await Promise.all(
    Array.from({ length: parts }, async (_, i): Promise<Sums[]> => {
      const seeds = `${from + i * size}..${Math.min(to, from + (i + 1) * size - 1)}`;
      const mode = values.mode === undefined ? [] : ["--mode", values.mode];
      const args = [...process.execArgv, import.meta.filename, "--part", ...mode, "--seeds", seeds];
      const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    }),
  );
  return names.map((_, mode) => {
    const sums: Sums = { stops: 0, notices: 0, dead: 0, broken: [] };
    for (const part of played) add(sums, part[mode] as Sums);
    return sums;
  });
}

function add(sums: Sums, { stops, notices, dead, broken }: Sums): void {
  sums.stops += stops;
  sums.notices += notices;
  sums.dead += dead;
  sums.broken.push(...broken);
}

function report(name: ModeName, broken: Sums["broken"]): void {
  for (const { seed, promise } of broken.slice(0, 20)) {
    say(`seed ${seed} (npm run simulate -- --mode ${name} --trace ${seed}): ${promise}`);
  }
  if (broken.length > 20) say(`and ${broken.length - 20} more`);
  if (broken.length > 0) process.exitCode = 1;
}
