import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { judgeHistory } from "../../backtest/judge-history.ts";
import type { BacktestState, Policies } from "../../backtest/judge-log.ts";
import { LOG_LIMIT } from "../../cloudtrail/read-log.ts";
import { defined } from "../../core/model/defined.ts";
import { type Comparison, comparisonOf } from "../../core/report/compare.ts";
import type { Report } from "../../core/report/report.ts";
import { reportOf } from "../../core/report/tally.ts";
import { readStandardInput } from "../../files/standard-input.ts";
import type { Policy } from "../../policy/schema.ts";
import { versionOf } from "../../policy/version.ts";
import { publicReport } from "../../wording/public-report.ts";
import type { Operands } from "../input/command.ts";
import { checkFailOn, codeOf, type Formats, formatOf } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { saveReport } from "../input/save-report.ts";
import { showComparison } from "../show/comparison.ts";
import { showReport } from "../show/report.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { complain, print } from "../terminal/terminal.ts";
import { options, type Values } from "./backtest-options.ts";
import { startReadProgress } from "./backtest-progress.ts";

export const usage = `Usage: keyward backtest PATH… [options]
       keyward backtest --athena --bucket BUCKET --accounts IDS --regions NAMES [options]
       keyward backtest --lake EVENT-DATA-STORE-ID [options]

Reports what a policy would have done with CloudTrail's history. PATH is a folder of a
trail's log files (an organisation's too), a file, or - for standard input. A file is
a log (plain or gzip), the output of "aws cloudtrail lookup-events", or the result of
a query below. Keyward looks nothing up and changes nothing.

  --policy FILE       judge by this policy (default: policy.yaml)
  --compare FILE      compare with this other policy
  --json              one object: the report, or the comparison
  --report FILE       write the report as an HTML page
  --fail-on non-compliant
                      exit with 1 if a call is non-compliant
  --threads N         the number of threads (default: one per core, one for few files)

Print SQL that selects the calls in Athena or CloudTrail Lake:
  --athena            a table over the trail's bucket, and a query that writes files
                      for backtest
  --bucket BUCKET     the trail's bucket
  --output S3-URI     the place of the results, preferably in another bucket (default:
                      the folder keyward-backtest/ of the trail's bucket)
  --prefix P          the trail's prefix in the bucket
  --organization ID   the organisation (o-…) of an organisation's trail
  --accounts IDS      the accounts, separated by commas (default: the policy's)
  --regions NAMES     the Regions, separated by commas (default: the policy's)
  --lake ID           a query for this event data store
  --from DATE, --to DATE
                      the first and the last day, such as 2026-11-02`;

export { options };

export const operands: Operands = { files: true };

/** The exit code of a process that an interrupt ended, by the convention of shells. */
const INTERRUPTED = 130;
const MAX_THREADS = 64;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  checkFailOn(values["fail-on"]);
  const policy = await policyFrom(values.policy);
  if (values.athena || values.lake !== undefined) {
    const { printQuery } = await import("./backtest-query.ts");
    return printQuery(values, positionals, policy);
  }
  if (positionals.length === 0) throw new CliError("backtest needs a PATH: a folder of CloudTrail logs, a file, or -");
  const other = values.compare === undefined ? undefined : await policyFrom(values.compare);
  return backtest(positionals, { policy, other }, values);
}

async function backtest(paths: readonly string[], policies: Policies, values: Values): Promise<number> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.once("SIGINT", interrupt);
  const progress = startReadProgress(paths);
  const onRead = (files: number, bytes: number, records: number) => progress.read(files, bytes, records);
  const { signal } = abort;
  const standardInput = () => readStandardInput(LOG_LIMIT, signal);
  const judged = await judgeHistory({ ...policies, paths, standardInput, threads: threadsOf(values), signal, onRead });
  progress.end();
  process.removeListener("SIGINT", interrupt);
  const report = toReport(judged, policies.policy, signal.aborted);
  for (const { file, because } of sorted(judged)) complain(`${file}: ${because}; the whole file is left out`);
  if (values.report !== undefined) await saveReport(values.report, report);
  printReport(judged, report, policies, values.json);
  if (signal.aborted) complain("interrupted: the report covers the calls that were judged before");
  return exitCode(report, signal.aborted, values);
}

function threadsOf({ threads }: Values): number {
  if (threads === undefined) return availableParallelism();
  if (!/^\d{1,2}$/.test(threads) || Number(threads) < 1 || Number(threads) > MAX_THREADS) {
    throw new CliError(`--threads ${threads} is not a number from 1 to ${MAX_THREADS}`);
  }
  return Number(threads);
}

const sorted = ({ damaged }: BacktestState) => [...damaged].sort((a, b) => (a.file < b.file ? -1 : 1));

function toReport(judged: BacktestState, policy: Policy, stoppedEarly: boolean): Report {
  return reportOf(judged.tally, {
    of: "backtest",
    madeAt: new Date().toISOString(),
    policyVersion: versionOf(policy),
    policy,
    read: {
      files: judged.files,
      damaged: sorted(judged).map(({ file }) => file),
      passedOver: judged.passedOver,
      ...defined({ stoppedEarly: stoppedEarly || undefined }),
    },
  });
}

function printReport(judged: BacktestState, report: Report, { policy, other }: Policies, json: boolean): void {
  if (!other) {
    print(REPORT[formatOf(json)](report));
    return;
  }
  const comparison = comparisonOf(judged.comparison, { from: versionOf(policy), to: versionOf(other) });
  print(COMPARISON[formatOf(json)](comparison));
}

const REPORT: Formats<Report> = { json: (report) => JSON.stringify(publicReport(report)), text: showReport };
const COMPARISON: Formats<Comparison> = { json: (comparison) => JSON.stringify(comparison), text: showComparison };

function exitCode({ read, verdicts }: Report, interrupted: boolean, values: Values): number {
  if (interrupted) return INTERRUPTED;
  if (read.files === 0)
    complain("the files hold no CloudTrail records; give log files, lookup-events output or query results");
  if (read.files === 0 || read.damaged.length > 0) return EXIT.fault;
  return codeOf(verdicts["non-compliant"] > 0, values["fail-on"]);
}
