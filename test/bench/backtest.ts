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
const policy = policyOf({ keys: { accept: "customer-managed" } });

type Way = readonly [name: string, run: (corpus: Corpus, folder: string) => unknown];

/** Bytes of JSON a second of the backtest and of what else reads gzip logs, in turns over the same files in one run. */
export async function benchBacktest(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-bench-"));
  try {
    const small = writeCorpus(join(folder, "small"), MEGABYTES * 1e6);
    const large = writeCorpus(join(folder, "large"), 4 * MEGABYTES * 1e6);
    const rates = await inTurns(large, join(folder, "large"));
    const base = rates.get(BARE) ?? 1;
    return [
      `${large.files.length} log files, ${megabytes(large.plain)} MB of JSON in ${megabytes(large.packed)} MB of gzip, 1 % SageMaker`,
      ...[...rates].map(
        ([name, rate]) => `${name.padEnd(42)}${megabytes(rate).padStart(7)} MB/s  ${(rate / base).toFixed(2)} times`,
      ),
      ...peaks(small, folder, "small"),
      ...peaks(large, folder, "large"),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const BARE = "Node's gunzipSync alone, 1 thread";

const WAYS: readonly Way[] = [
  [BARE, ({ files }) => files.forEach((file) => void gunzipSync(readFileSync(file)))],
  ["backtest, 1 thread", (_, folder) => judge(folder, 1)],
  [`backtest, ${availableParallelism()} threads`, (_, folder) => judge(folder, availableParallelism())],
  ["every record parsed and judged, 1 thread", ({ files }) => parseAll(files)],
  ["zcat | wc -c", ({ files }) => shell('zcat "$@" | wc -c', files)],
  ["zcat | jq 'select(SageMaker)'", ({ files }) => shell(`zcat "$@" | jq -c '${SELECT}'`, files)],
];
const SELECT = '.Records[] | select(.eventSource == "sagemaker.amazonaws.com")';
/** These take long: once is enough. */
const SLOW = /jq|parsed/;

const judge = (folder: string, threads: number) =>
  judgeHistory({
    ...{ paths: [folder], policy, threads },
    standardInput: async () => ({ is: "read" as const, bytes: Buffer.alloc(0), isChecked: false }),
    signal: new AbortController().signal,
    onRead() {},
  });

/** What a plain script would do. */
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
