import { parseArgs } from "node:util";
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
    seeds: { type: "string" },
    mode: { type: "string" },
    trace: { type: "string" },
    help: { type: "boolean" },
  },
});
const range = /^(\d+)\.\.(\d+)$/.exec(values.seeds ?? "1..200");
const names = Object.keys(modes).filter((name) => values.mode === undefined || name === values.mode) as ModeName[];
const say = (line: string) => process.stdout.write(`${line}\n`);

if (values.help || !range || names.length === 0 || (values.trace !== undefined && names.length > 1)) {
  say(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (values.trace !== undefined) {
  const [name = "chaos"] = names;
  report((await simulate(modes[name], Number(values.trace), { trace: say })).broken, Number(values.trace), name);
} else {
  const [, from, to] = range.map(Number);
  say("| mode | schedules | stops | notices | dead letters | broken promises |\n|---|---|---|---|---|---|");
  for (const name of names) {
    const sum = { stops: 0, notices: 0, dead: 0, broken: 0 };
    const found: [readonly string[], number][] = [];
    for (let seed = from ?? 1; seed <= (to ?? 0); seed++) {
      const { broken, ...counts } = await simulate(modes[name], seed);
      sum.stops += counts.stops;
      sum.notices += counts.notices;
      sum.dead += counts.dead;
      sum.broken += broken.length;
      if (broken.length > 0) found.push([broken, seed]);
    }
    say(`| ${name} | ${(to ?? 0) - (from ?? 1) + 1} | ${sum.stops} | ${sum.notices} | ${sum.dead} | ${sum.broken} |`);
    for (const [broken, seed] of found.slice(0, 20)) report(broken, seed, name);
  }
}

function report(broken: readonly string[], seed: number, mode: ModeName): void {
  for (const one of broken) say(`seed ${seed} (npm run simulate -- --mode ${mode} --trace ${seed}): ${one}`);
  if (broken.length > 0) process.exitCode = 1;
}
