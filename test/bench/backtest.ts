import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { judgeHistory } from "../../lib/backtest/judge-history.ts";
import { createBacktestState, judgeLog } from "../../lib/backtest/judge-log.ts";
import { policyOf } from "../support/build.ts";
import { type Corpus, writeCorpus } from "./corpus.ts";

const ROUNDS = 5;
const MEGABYTES = 200;
/** Share of SageMaker's records: an organisation's trail, an account that works with SageMaker, query results. */
const PERCENT = [1, 10, 100];
const policy = policyOf({ keys: { accept: "customer-managed" } });

type Way = readonly [name: string, run: (corpus: Corpus, folder: string) => unknown];

/**
 * The speed of the backtest and of other readers of gzip logs, in bytes of JSON a second. In one run they read the same
 * files in turns.
 */
export async function benchBacktest(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-bench-"));
  try {
    const lines: string[] = [];
    for (const percent of PERCENT) lines.push(...(await benchCorpus(join(folder, String(percent)), percent)));
    const small = writeCorpus(join(folder, "small"), MEGABYTES * 1e6);
    const large = writeCorpus(join(folder, "large"), 4 * MEGABYTES * 1e6);
    return [...lines, ...peaks(small, folder, "small"), ...peaks(large, folder, "large")];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function benchCorpus(folder: string, percent: number): Promise<string[]> {
  const corpus = writeCorpus(folder, MEGABYTES * 1e6, percent);
  const rates = await inTurns(corpus, folder);
  const [unpacked = 1, parsed = 1] = [rates.get(UNPACKED), rates.get(PARSED)];
  const title = `${percent} % SageMaker: ${corpus.files.length} files, ${megabytes(corpus.plain)} MB of JSON`;
  const header = `${title.padEnd(56)}of unpacking  of parsing`;
  const rows = [...rates].map(([name, rate]) => {
    const ratios = `${(rate / unpacked).toFixed(2).padStart(12)}${(rate / parsed).toFixed(2).padStart(12)}`;
    return `  ${name.padEnd(40)}${megabytes(rate).padStart(7)} MB/s${ratios}`;
  });
  return [header, ...rows];
}

const UNPACKED = "gunzipSync alone, 1 thread";
const PARSED = "gunzipSync and JSON.parse, 1 thread";

const WAYS: readonly Way[] = [
  [UNPACKED, ({ files }) => files.forEach((file) => void gunzipSync(readFileSync(file)))],
  [PARSED, ({ files }) => files.forEach((file) => void JSON.parse(gunzipSync(readFileSync(file)).toString()))],
  ["backtest, 1 thread", (_, folder) => judge(folder, 1)],
  [`backtest, ${availableParallelism()} threads`, (_, folder) => judge(folder, availableParallelism())],
  ["every record parsed and judged, 1 thread", ({ files }) => parseAll(files)],
  ["zcat | wc -c", ({ files }) => shell('zcat "$@" | wc -c', files)],
  ["zcat | jq 'select(SageMaker)'", ({ files }) => shell(`zcat "$@" | jq -c '${SELECT}'`, files)],
];
const SELECT = '.Records[] | select(.eventSource == "sagemaker.amazonaws.com")';
/** These take long, so they run once. */
const SLOW = /jq|judged/;

const judge = (folder: string, threads: number) =>
  judgeHistory({
    paths: [folder],
    policy,
    threads,
    worthThreads: 0,
    standardInput: async () => ({ is: "read" as const, bytes: Buffer.alloc(0), isChecked: false }),
    signal: new AbortController().signal,
    onRead() {},
  });

/** A plain script that reads the same files. */
function parseAll(files: readonly string[]): void {
  const judged = createBacktestState();
  for (const file of files) {
    const calls = JSON.parse(gunzipSync(readFileSync(file)).toString()).Records;
    judgeLog(judged, file, { is: "read", calls, skipped: 0 }, { policy });
  }
}

function shell(command: string, files: readonly string[]): void {
  const { status } = spawnSync("bash", ["-o", "pipefail", "-c", command, "bash", ...files], { stdio: "ignore" });
  if (status !== 0) throw new Error(`${command}: exit ${status}`);
}

/** Median bytes of JSON a second of each way; the first round warms up. */
async function inTurns(corpus: Corpus, folder: string): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of WAYS.filter(([name]) => isThere(name) && (round === ROUNDS || !SLOW.test(name)))) {
      const start = performance.now();
      await run(corpus, folder);
      if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    }
  }
  return new Map([...times].map(([name, all]) => [name, (corpus.plain * 1000) / median(all)]));
}

const isThere = (name: string): boolean =>
  ["zcat", "jq"].every((tool) => !name.includes(tool) || spawnSync(tool, ["--version"]).status === 0);

const PEAK = 'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

/** The whole command in a process of its own: how long it takes and the most memory that it had. */
function peaks({ plain }: Corpus, folder: string, name: string): string[] {
  return [1, availableParallelism()].map((threads) => {
    const options = ["--import", "tsx", "--import", PEAK, "lib/cli/main.ts", "backtest", join(folder, name), "--json"];
    const start = performance.now();
    const { stderr } = spawnSync(process.execPath, [...options, "--threads", String(threads)], { maxBuffer: 1e9 });
    const seconds = (performance.now() - start) / 1000;
    const peak = Number(/peak (\d+)/.exec(stderr.toString())?.[1]) / 1024;
    const what = `command, ${threads} thread${threads === 1 ? "" : "s"}, ${megabytes(plain)} MB of JSON`;
    return `${what.padEnd(42)}${seconds.toFixed(2).padStart(7)} s     ${peak.toFixed(0)} MB of memory at most`;
  });
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
