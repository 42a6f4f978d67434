import { operations } from "../../lib/catalogue/operations.ts";
import type { Operation } from "../../lib/catalogue/vocabulary.ts";
import type { Reason } from "../../lib/core/model/reason.ts";
import type { Verdict } from "../../lib/core/model/types.ts";
import type { Counts, Finding, Group, Report } from "../../lib/core/report/report.ts";
import { type Random, randomOf } from "../long/random.ts";

export interface Sample {
  readonly findings: number;
  readonly of?: Report["of"];
  readonly seed?: number;
  readonly weeks?: number;
  readonly accounts?: number;
  readonly principals?: number;
  /** The number of compliant ones for each finding. */
  readonly compliant?: number;
}

const FIRST = Date.parse("2026-08-03T00:00:00Z");
const WEEK_MS = 7 * 86_400_000;
const REGIONS = ["us-east-1", "eu-west-1", "eu-central-1", "ap-northeast-1"];
const NAMES = ["churn", "fraud", "forecast", "ranking", "vision", "speech", "embeddings", "pricing"];
const NONE: Counts = { compliant: 0, "non-compliant": 0, undetermined: 0, exempt: 0, ignored: 0, malformed: 0 };

/**
 * A report like that of a backtest or a sweep. Its counts match its findings, and the same sample gives the same
 * report.
 */
export function sampleReport(sample: Sample): Report {
  const { findings: count, of = "backtest", seed = 1, weeks = 14, accounts = 6, principals = 40 } = sample;
  const random = randomOf(seed);
  const calls = Array.from({ length: count * (1 + (sample.compliant ?? 4)) }, (_, i) =>
    callOf(random, i, { weeks, accounts, principals, finding: i < count }),
  ).sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1));
  const found = calls.filter(({ verdict }) => verdict !== "compliant");
  const many = count > 0;
  return {
    of,
    madeAt: "2026-11-09T06:30:12Z",
    policyVersion: "4f0c2a9be17d",
    from: calls[0]?.eventTime ?? null,
    to: calls.at(-1)?.eventTime ?? null,
    read: {
      files: many ? 412 : 3,
      damaged: many ? ["2026/09/14/log-0931.json.gz"] : [],
      records: calls.length * 7 + 120,
    },
    verdicts: { ...countsOf(calls), ignored: calls.length * 6 + 120 },
    by: {
      kind: groupsOf(calls, ({ kind }) => kind),
      account: groupsOf(calls, ({ account }) => account),
      region: groupsOf(calls, ({ region }) => region),
      principal: groupsOf(calls, ({ principal }) => principal),
      week: groupsOf(calls, weekOf).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
    settings: failuresOf(found),
    actions: actionsOf(found),
    limit: { stopsPerHour: 20, hoursOver: many ? 3 : 0, waiting: many ? 17 : 0 },
    exemptions: [
      exemption("demo-notebooks", "Public sample data only, for the training course", "2026-11-30", count),
      exemption("old-forecast", "Reads a bucket that another team is re-keying", "2027-03-31", 0),
    ],
    unknownOperations: many ? [{ operation: "CreateQuantumJob", count: 2 }] : [],
    resolutions: {
      of: many ? 530 : 0,
      together: many ? 482 : 0,
      steps: many
        ? [
            { add: "keys.accounts", value: "444455556666", resolves: 412, neededBy: 460 },
            { add: null, resolves: 22, neededBy: 70 },
          ]
        : [],
    },
    findings: found,
  };
}

const exemption = (name: string, reason: string, expires: string, used: number) =>
  ({ name, reason, owner: "data-platform@example.com", expires, used }) as const;

interface Shape {
  readonly weeks: number;
  readonly accounts: number;
  readonly principals: number;
  readonly finding: boolean;
}

function callOf(random: Random, i: number, { weeks, accounts, principals, finding }: Shape): Finding {
  const row: Operation = random.pick(operations);
  const setting = random.pick(row.settings);
  // Low numbers are more frequent, so that some offend more than others.
  const skewed = (n: number) => Math.min(random.below(n), random.below(n));
  const who = skewed(principals);
  const account = String(111122223333 + (who % accounts));
  const region = random.pick(REGIONS);
  const verdict: Verdict = finding
    ? random.pick(["non-compliant", "non-compliant", "non-compliant", "undetermined", "exempt"])
    : "compliant";
  const name = `${random.pick(NAMES)}-${random.pick(NAMES)}-${i}`;
  const is = verdict === "undetermined" ? "undetermined" : random.pick(["missing", "missing", "rejected"] as const);
  const arn = `arn:aws:sagemaker:${region}:${account}:${row.kind}/${name}`;
  return {
    eventID: `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
    eventName: row.operation,
    eventTime: new Date(FIRST + random.below(weeks * WEEK_MS)).toISOString().replace(/\.\d+Z$/, "Z"),
    account,
    region,
    kind: row.kind,
    name,
    verdict,
    principal: `arn:aws:sts::${account}:assumed-role/ml-team-${who}/session`,
    arn: random.pick([null, ...Array(15).fill(arn), `${arn}/1`]),
    ...(verdict === "undetermined" ? { reason: { code: "needs-key" } as const } : {}),
    settings: [{ path: setting.path, protects: setting.protects, is, ...REASONS[is]?.(account, region) }],
    actions:
      verdict === "non-compliant"
        ? ["tag planned", "notify planned", ...(random.below(3) > 0 ? ["stop planned"] : [])]
        : [],
  };
}

const REASONS: Readonly<Record<string, (account: string, region: string) => { reason: Reason; key?: string }>> = {
  missing: () => ({ reason: { code: "no-key", without: "notebook-system-managed-key" } }),
  rejected: (account: string, region: string) => ({
    reason: { code: "aws-managed", by: "DescribeKey" },
    key: `arn:aws:kms:${region}:${account}:key/1a2b3c4d-0000-4000-8000-000000000000`,
  }),
  undetermined: () => ({
    reason: { code: "aws-denied", error: "AccessDeniedException", message: "DescribeKey: access denied" },
    key: "alias/team",
  }),
};

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.below(16).toString(16)).join("");

function countsOf(calls: readonly Finding[]): Counts {
  const counts = { ...NONE };
  for (const { verdict } of calls) counts[verdict] += 1;
  return counts;
}

function groupsOf(calls: readonly Finding[], nameOf: (call: Finding) => string): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const call of calls) {
    const group = groups.get(nameOf(call));
    if (group) group.push(call);
    else groups.set(nameOf(call), [call]);
  }
  return [...groups].map(([name, members]) => ({ name, verdicts: countsOf(members) }));
}

/** The ISO week, from the days since the Thursday of its year's first week. */
function weekOf({ eventTime }: Finding): string {
  const day = new Date(eventTime.slice(0, 10));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const week = Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

function failuresOf(found: readonly Finding[]): Report["settings"] {
  const failures = new Map<string, Report["settings"][number]>();
  for (const { kind, settings } of found) {
    for (const { path, protects, is } of settings) {
      const id = [kind, path, is].join();
      failures.set(id, { kind, path, protects, is, count: (failures.get(id)?.count ?? 0) + 1 });
    }
  }
  return [...failures.values()];
}

function actionsOf(found: readonly Finding[]): Report["actions"] {
  const counts = new Map<string, number>();
  for (const action of found.flatMap(({ actions }) => actions)) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts].map(([action, count]) => {
    const [what = "", outcome = ""] = action.split(" ");
    return { do: what, outcome, count };
  });
}
