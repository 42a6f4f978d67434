import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { awsPorts } from "../../compose/aws-ports.ts";
import { awsLister } from "../../compose/aws-sweep.ts";
import { defined } from "../../core/model/defined.ts";
import type { Decision } from "../../core/model/types.ts";
import type { Report } from "../../core/report/report.ts";
import { createTally, reportOf, tallyDecision } from "../../core/report/tally.ts";
import { readFile } from "../../files/read-file.ts";
import type { Policy } from "../../policy/schema.ts";
import { versionOf } from "../../policy/version.ts";
import type { Ports } from "../../ports/ports.ts";
import type { Checkpoint } from "../../sweep/checkpoint.ts";
import { createPace } from "../../sweep/pace.ts";
import { type Swept, sweep } from "../../sweep/sweep.ts";
import type { SweptResource } from "../../sweep/sweep-resource.ts";
import { say } from "../../wording/reasons/say.ts";
import type { Operands, Options } from "../input/command.ts";
import { checkFailOn, codeOf, FAIL_ON, FLAG, formatOf, POLICY, WORLD } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { saveReport } from "../input/save-report.ts";
import { startEmbedded } from "../input/start-embedded.ts";
import { connect } from "../installation/connect.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { startProgress } from "../terminal/progress.ts";
import { complain, print } from "../terminal/terminal.ts";
import { SWEEP_FORMATS } from "./sweep-formats.ts";

const TARGETS = ["aws", "embedded"] as const;
const ACCOUNT = /^\d{12}$/;

export const usage = `Usage: keyward sweep --target aws|embedded [options]

Judges the resources that exist now in an account and Region: running and stopped
notebooks, jobs in progress, endpoints, domains, user profiles, clusters, feature
groups, schedules, experiments, MLflow and partner apps. Reports them, and acts only
if the policy has "sweep: act", with the same ledger and limit as for events. A
resource that is not under an accepted key and has no tag of an event counts as missed.

  --target aws         AWS itself, with the SDK's credentials and AWS_ENDPOINT_URL
  --target embedded    an embedded AWS with the resources of --world, to try the command
  --region REGION      for --target aws (default: AWS_REGION)
  --account ID         the account that must be swept: a fault where the credentials are
                       of another one
  --topic ARN          where mails go if the policy's sweep acts (default: TOPIC_ARN)
  --policy FILE        judge by this policy (default: policy.yaml)
  --world FILE         for --target embedded (default: events/world.json)
  --checkpoint FILE    save the progress after each page, and continue from the file
  --report FILE        write the report as an HTML page
  --all                show compliant resources too
  --json               one decision per line, with "missed", nothing else
  --fail-on non-compliant
                       exit with 1 if a resource is non-compliant`;

export const options = {
  target: { type: "string", values: TARGETS },
  region: { type: "string" },
  account: { type: "string" },
  topic: { type: "string" },
  policy: POLICY,
  world: WORLD,
  checkpoint: { type: "string", takes: "file" },
  report: { type: "string", takes: "file" },
  all: FLAG,
  json: FLAG,
  "fail-on": FAIL_ON,
} as const satisfies Options;

export const operands: Operands = {};

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  checkFailOn(values["fail-on"]);
  const policy = await policyFrom(values.policy);
  const target = await openTarget(values, policy);
  const decisions: Decision[] = [];
  const format = SWEEP_FORMATS[formatOf(values.json)];
  const progress = startProgress("resources judged");
  const found = ({ decision, missed }: SweptResource) => {
    decisions.push(decision);
    progress.step();
    const text = format.found({ decision, missed }, values.all);
    if (text !== "") print(text);
  };
  try {
    const swept = await sweepFrom(values.checkpoint, { ...target, found });
    progress.end();
    if (values.report !== undefined) await saveReport(values.report, reportFrom(decisions, policy));
    const summary = format.summary(decisions, swept);
    if (summary !== "") print(summary);
    for (const { list, reason } of swept.unread)
      complain(`${list} could not be read (${say(reason)}); the other lists were read`);
    if (swept.unread.length > 0) return EXIT.fault;
    return codeOf(
      decisions.some(({ verdict }) => verdict === "non-compliant"),
      values["fail-on"],
    );
  } finally {
    await target.close();
  }
}

function reportFrom(decisions: readonly Decision[], policy: Policy): Report {
  const tally = createTally();
  for (const decision of decisions) tallyDecision(tally, decision);
  const madeAt = new Date().toISOString();
  const read = { files: 0, damaged: [] };
  return reportOf(tally, { of: "sweep", madeAt, policyVersion: versionOf(policy), policy, read });
}

/** The account to sweep, with the ports to reach it. */
interface SweepTarget {
  readonly ports: Ports;
  readonly account: string;
  readonly region: string;
  close(): Promise<void>;
}

type Sweep = Parameters<typeof sweep>[0];

async function openTarget(
  values: Values,
  policy: Policy,
): Promise<SweepTarget & Pick<Sweep, "page" | "taggedWith" | "pace">> {
  const { target, account = "" } = values;
  if (target === "embedded") return embeddedTarget(values, policy);
  if (target !== "aws")
    throw new CliError("--target is missing: give --target aws, or --target embedded to try the command");
  if (account !== "" && !ACCOUNT.test(account))
    throw new CliError(`--account ${account}: an account has twelve digits`);
  const topicArn = values.topic ?? process.env.TOPIC_ARN;
  if (!topicArn && policy.sweep === "act") {
    throw new CliError("the policy's sweep acts, so mails need a topic: give --topic ARN or set TOPIC_ARN");
  }
  const { region, account: own } = await connect(values.region);
  if (account && account !== own) throw new CliError(`the credentials are of account ${own}, not of ${account}`);
  const ports = awsPorts({
    policy,
    topicArn: topicArn ?? `arn:aws:sns:${region}:${own}:none`,
    ...defined({ ledgerBucket: process.env.LEDGER_BUCKET || undefined }),
    log: () => {},
  });
  return { ports, account: own, region, ...awsLister({ region }), pace: createPace(ports), close: async () => {} };
}

async function embeddedTarget({ world }: Values, policy: Policy) {
  const { aws } = await startEmbedded(world, undefined, new Date());
  const { endpoint, credentials, account } = aws;
  const region = "us-east-1";
  const target = { endpoint, credentials };
  const topicArn = aws.sns.createTopic("keyward");
  const ports = awsPorts({ policy, topicArn, target, wait: async () => {}, log: () => {} });
  const lister = awsLister({ ...target, region });
  return { ports, account, region, ...lister, pace: createPace(ports), close: () => aws.close() };
}

/** Continues from the checkpoint file, if it exists. A finished sweep removes it. */
async function sweepFrom(file: string | undefined, options: Omit<Sweep, "from" | "save" | "goOn">): Promise<Swept> {
  const from = file === undefined ? undefined : await readCheckpoint(file);
  const save = async (checkpoint: Checkpoint) => {
    if (file !== undefined) await writeFile(file, JSON.stringify(checkpoint));
  };
  const swept = await sweep({ ...options, ...defined({ from }), save, goOn: () => true });
  if (file !== undefined) await rm(file, { force: true });
  return swept;
}

/** A checkpoint has the tokens of one page and the counts so far. */
const CHECKPOINT_LIMIT = { maxBytes: 1024 * 1024, advice: "give a sweep's checkpoint" };

async function readCheckpoint(file: string): Promise<Checkpoint | undefined> {
  if (!existsSync(file)) return undefined;
  const content = readFile(file, CHECKPOINT_LIMIT);
  if (content.is === "fault") throw new CliError(`${file}: ${content.because}`);
  try {
    const checkpoint = JSON.parse(content.bytes.toString("utf8")) as Checkpoint;
    if (typeof checkpoint.listing === "number" && typeof checkpoint.startedAt === "string") return checkpoint;
  } catch {
    // The error below covers this too.
  }
  throw new CliError(`${file}: not a sweep's checkpoint; remove the file to start again`);
}
