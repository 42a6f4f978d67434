import { athenaQueries, type Days, lakeQuery, type Trail } from "../../backtest/write-queries.ts";
import type { Policy } from "../../policy/schema.ts";
import { type Formats, formatOf } from "../input/common-options.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { print } from "../terminal/terminal.ts";
import type { Values } from "./backtest-options.ts";

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[\w!.*()=@+:,-]+(\/[\w!.*()=@+:,-]+)*$/;
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Prints the SQL that selects SageMaker's calls in Athena or CloudTrail Lake. All values are checked first. */
export function printQuery(values: Values, paths: readonly string[], policy: Policy): number {
  if (paths.length > 0) throw new CliError("--athena and --lake print SQL and read no PATH; give only one of them");
  if (values.athena && values.lake !== undefined) throw new CliError("give --athena or --lake, not both");
  const days = daysOf(values);
  const { lake } = values;
  const statements =
    lake === undefined
      ? athenaQueries(trailOf(values, policy, days))
      : [lakeQuery(checked("--lake", lake, UUID), days)];
  print(FORMATS[formatOf(values.json)]({ statements, notes: notes(lake !== undefined) }));
  return EXIT.fine;
}

interface Queries {
  readonly statements: readonly string[];
  readonly notes: readonly string[];
}

const FORMATS: Formats<Queries> = {
  json: ({ statements }) => JSON.stringify({ statements }),
  text: ({ statements, notes }) => [...notes, ...statements.map((statement) => `${statement};`)].join("\n\n"),
};

const notes = (lake: boolean): string[] => [
  lake
    ? "-- Save the results to S3, download them, and give the folder to backtest."
    : "-- Run these one by one. The output folder of the last one must be empty. Then download it, and give it to backtest.",
];

function trailOf({ bucket, prefix, organization, output, ...values }: Values, policy: Policy, days: Days): Trail {
  if (bucket === undefined) throw new CliError("--athena needs --bucket, the bucket that the trail writes to");
  const accounts = values.accounts?.split(",") ?? policy.accounts ?? [];
  if (accounts.length === 0) throw new CliError("--athena needs --accounts, such as 111122223333,444455556666");
  const regions = values.regions?.split(",") ?? policy.regions ?? [];
  if (regions.length === 0) throw new CliError("--athena needs --regions, such as us-east-1,eu-central-1");
  const folder = prefix === undefined ? "" : `${checked("--prefix", prefix.replace(/\/$/, ""), PREFIX)}/`;
  return {
    bucket: checked("--bucket", bucket, BUCKET),
    prefix: folder,
    organization: organization === undefined ? undefined : checked("--organization", organization, ORGANIZATION),
    accounts: accounts.map((account) => checked("--accounts", account, ACCOUNT)),
    regions: regions.map((region) => checked("--regions", region, REGION)),
    days,
    output: outputOf(output ?? `s3://${bucket}/keyward-backtest/`),
  };
}

function outputOf(uri: string): string {
  const [, bucket = "", , path] = /^s3:\/\/([^/]*)(\/(.*?)\/?)?$/.exec(uri) ?? [];
  if (!BUCKET.test(bucket) || (path && !PREFIX.test(path))) throw refused("--output", uri);
  return path ? `s3://${bucket}/${path}/` : `s3://${bucket}/`;
}

function daysOf({ from, to }: Values): Days {
  if (from !== undefined) checkDay("--from", from);
  if (to !== undefined) checkDay("--to", to);
  if (from !== undefined && to !== undefined && from > to) throw new CliError(`--from ${from} is after --to ${to}`);
  return { from, to };
}

function checkDay(option: string, day: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  if (!real) throw refused(option, day);
}

function checked(option: string, value: string, pattern: RegExp): string {
  if (!pattern.test(value)) throw refused(option, value);
  return value;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  "--bucket": "a bucket's name",
  "--output": "an S3 URI such as s3://results/backtest/",
  "--prefix": "a prefix such as logs/trail",
  "--organization": "an organisation's ID such as o-exampleorgid",
  "--accounts": "12-digit accounts with commas between",
  "--regions": "Regions with commas between",
  "--lake": "the ID of an event data store: the last part of its ARN",
  "--from": "a day such as 2026-11-02",
  "--to": "a day such as 2026-11-02",
};

const refused = (option: string, value: string): CliError =>
  new CliError(`${option} ${JSON.stringify(value)} is not ${EXAMPLES[option]}`);
