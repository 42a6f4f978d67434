import { reportOf } from "./report.ts";
import { runInThreads } from "./run-in-threads.ts";

/**
 * Random valid requests of every operation of the catalogue, made from the SDK's schemas, judged by the core and by the
 * oracle of `expected.ts`: the two must agree on every setting. `npm run oracle [-- COUNT [SEED]]`
 */
const [count = 100_000, seed = 20_261_102] = process.argv.slice(2).map(Number);

const start = performance.now();
const agreement = await runInThreads(count, seed);
process.stdout.write(`${reportOf(agreement, (performance.now() - start) / 1_000).join("\n")}\n`);
if (agreement.disagreement) process.exitCode = 1;
