import { parseArgs } from "node:util";
import { protectedByKey } from "../../catalogue/protects.ts";
import { useOf } from "../../core/judge/exempt.ts";
import type { ExemptionUse } from "../../core/model/types.ts";
import { readFile } from "../../files/read-file.ts";
import { readStandardInput } from "../../files/standard-input.ts";
import type { CheckedPolicy, PolicyProblem } from "../../policy/read-policy.ts";
import type { Policy } from "../../policy/schema.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG, type Formats, formatOf } from "../input/common-options.ts";
import { DEFAULT_POLICY, problemInWords } from "../input/policy-from.ts";
import { STACK } from "../installation/connect.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { fold } from "../terminal/layout.ts";
import { complain, paint, print, safe } from "../terminal/terminal.ts";

/** Exemptions that expire within this number of days are reported. */
const SOON_DAYS = 14;

export const usage = `Usage: keyward policy check [FILE…] [--json]
       keyward policy suggest --from FILE [--json]
       keyward policy push FILE --stack NAME --because TEXT [--compare PATH] [--yes]
       keyward policy pull|history --stack NAME [--to VERSION] [--json]
       keyward policy rollback --stack NAME --because TEXT [--to VERSION]

Checks policy files (default: ${DEFAULT_POLICY}). Prints the main requirements of each policy, and
the exemptions that have expired or expire within ${SOON_DAYS} days.
Prints each problem with its line and column, and then exits with 2. Problems include
unknown keys and kinds, and two exemptions with one name.
Prints warnings too, which change no exit code: an exemption that covers every resource or
expires more than a year from now, "listed" without a key, a contact to fill in.

"suggest" prints the part of a policy that would resolve the undetermined calls of a
backtest, as YAML: accounts of keys, and aliases that many calls name.

"push" checks a policy and puts it in force in an installation within a minute, without
a deployment. "pull" prints the policy that was pushed last, "history" the changes of
mode and policy, and "rollback" puts the policy before the present one in force again.

  --from FILE      the output of "keyward backtest --json", or - for standard input
  --stack NAME     the name of the installation's CloudFormation stack
  --region REGION  its Region (default: AWS_REGION)
  --because TEXT   why; recorded with the change
  --compare PATH   push: first shows what changes for the calls in CloudTrail's logs
                   there, and asks
  --yes            does not ask
  --to VERSION     pull, rollback: the policy of this version
  --json           check: one object per file: {file, ok, problems: [{line, column,
                   message}], warnings: [{line, column, message}], expiring: [{name,
                   reason, owner, expires, days}]}; suggest: {keys: {accounts, allow}}`;

export const options = {
  from: { type: "string", takes: "file" },
  ...STACK,
  because: { type: "string" },
  compare: { type: "string", takes: "file" },
  to: { type: "string" },
  yes: FLAG,
  json: FLAG,
} as const satisfies Options;

const REMOTE = ["push", "pull", "history", "rollback"] as const;
type Remote = (typeof REMOTE)[number];
const isRemote = (verb: string | undefined): verb is Remote =>
  (REMOTE as readonly (string | undefined)[]).includes(verb);

export const operands: Operands = { words: ["check", "suggest", ...REMOTE], files: true };

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb, ...files] = positionals;
  if (isRemote(verb)) return (await import("../installation/policy-remote.ts"))[verb](files, values);
  if (verb === "suggest") return runSuggest(files, values);
  if (verb === undefined) throw new CliError(`policy needs a subcommand; ${VERBS}`);
  if (verb !== "check") throw new CliError(`policy ${verb} is not known; ${VERBS}`);
  if (values.from !== undefined) throw new CliError("policy check takes no --from; name the files instead");
  let faulty = false;
  for (const file of files.length > 0 ? files : [DEFAULT_POLICY]) faulty = !(await check(file, values.json)) || faulty;
  return faulty ? EXIT.fault : EXIT.fine;
}

const VERBS = `there are ${["check", "suggest", ...REMOTE].map((verb) => `"policy ${verb}"`).join(", ")}`;

async function runSuggest(
  files: readonly string[],
  { from, json }: { readonly from?: string; readonly json: boolean },
): Promise<number> {
  if (files.length > 0) throw new CliError(`policy suggest takes no ${files[0]}; give the file with --from`);
  if (from === undefined) throw new CliError(`policy suggest needs --from FILE, ${REPORT}`);
  const read = from === "-" ? await readStandardInput(LIMIT) : readFile(from, LIMIT);
  if (read.is === "fault") throw new CliError(`${from}: ${read.because}`);
  const { readResolutions } = await import("../input/read-resolutions.ts");
  const { SUGGESTION } = await import("../show/suggestion.ts");
  print(SUGGESTION[formatOf(json)](readResolutions(from, read.bytes.toString("utf8"))));
  return EXIT.fine;
}

const REPORT = 'the output of "keyward backtest --json", or - for standard input';
/** A report lists 100,000 findings at most, of a few hundred bytes each. */
const LIMIT = { maxBytes: 256 * 1024 * 1024 };

async function check(file: string, json: boolean): Promise<boolean> {
  const { checkPolicy } = await import("../../policy/read-policy.ts");
  const now = new Date();
  const checked = await checkPolicy(file, now);
  const problems = checked.ok ? [] : checked.problems;
  const expiring = checked.ok ? expiringIn(checked.policy, now) : [];
  const text = FORMATS[formatOf(json)]({ file, checked, problems, expiring });
  if (text !== "") print(text);
  if (!json) for (const problem of problems) complain(problemInWords(file, problem));
  return checked.ok;
}

interface Checked {
  readonly file: string;
  readonly checked: CheckedPolicy;
  readonly problems: readonly PolicyProblem[];
  readonly expiring: readonly Expiring[];
}

const FORMATS: Formats<Checked> = {
  json: ({ file, checked: { ok, warnings }, problems, expiring }) =>
    JSON.stringify({ file, ok, problems, warnings, expiring }),
  text({ file, checked, expiring }) {
    if (!checked.ok) return "";
    const warnings = [
      ...checked.warnings.map((warning) => `! ${safe(problemInWords(file, warning), 500)}`),
      ...expiring.map(expiryInWords),
    ];
    const yellow = warnings.map((warning) => paint("yellow", fold(warning, 2, 4)));
    return [`${paint("bold", file)}: fine`, summary(checked.policy), ...yellow].join("\n");
  },
};

interface Expiring extends ExemptionUse {
  /** The whole days left, including the last day; negative after the exemption has expired. */
  readonly days: number;
}

function expiringIn({ exemptions }: Policy, now: Date): Expiring[] {
  const today = Date.parse(now.toISOString().slice(0, 10));
  return exemptions
    .map((exemption, i) => ({ ...useOf(exemption, i), days: (Date.parse(exemption.expires) - today) / DAY_MS }))
    .filter(({ days }) => days < SOON_DAYS)
    .sort((a, b) => a.days - b.days);
}

const DAY_MS = 86_400_000;

function expiryInWords({ name, reason, owner, expires, days }: Expiring): string {
  const when =
    days < 0 ? `expired on ${expires}` : days === 0 ? "expires today" : `expires in ${days} days, on ${expires}`;
  return `! The exemption ${safe(name, 100)} ${when}: ${safe(reason, 200)} (owner: ${safe(owner, 100)})`;
}

const ACCEPTS = {
  any: "any that the caller names",
  "customer-managed": "customer managed ones",
  listed: "only those on the allow list",
} as const satisfies Record<Policy["keys"]["accept"], string>;

function summary({ mode, keys, buckets, exemptions, respond, require, undetermined, ...policy }: Policy): string {
  const stopFor: readonly string[] = policy["stop-for"];
  const list = (names: readonly string[]) => (names.length > 0 ? names.join(", ") : "nothing");
  const stops = Object.entries(respond).flatMap(([kind, actions]) => (actions?.includes("stop") ? [kind] : []));
  const off = Object.entries(require).flatMap(([protects, on]) => (on ? [] : [protects]));
  const notStopped = protectedByKey.filter((thing) => !stopFor.includes(thing));
  const rows = [
    ["mode", mode === "observe" ? "observe: judges, changes nothing and sends no mail" : "enforce"],
    ["keys", `${ACCEPTS[keys.accept]}; ${keys.allow.length} also allowed, ${keys.deny.length} denied`],
    ...(keys.accounts.length > 0 ? [["key accounts", list(keys.accounts)] as const] : []),
    ["buckets", list(Object.entries(buckets).flatMap(([name, on]) => (on ? [name] : [])))],
    ["exemptions", String(exemptions.length || "none")],
    ["not required", list(off)],
    ["stops", list(stops)],
    ...(notStopped.length > 0 ? [["never for", list(notStopped)] as const] : []),
    ["other kinds", list(respond.default)],
    ["in doubt", list(undetermined)],
  ] as const;
  return rows.map(([name, text]) => fold(`${name.padEnd(13)} ${text}`, 2, 16)).join("\n");
}
