import { parseArgs } from "node:util";
import type { Input } from "../../cloudtrail/inputs.ts";
import type { Decision } from "../../core/model/types.ts";
import { foresee } from "../../core/plan/dry-run.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { publicDecision } from "../../wording/public-decision.ts";
import { placeOf, readAll } from "../input/read-all.ts";
import { shipped } from "../input/shipped.ts";
import { type Judged, tellUnusable } from "../input/unusable.ts";
import { showDecision } from "../show/decision.ts";
import { summaryOf } from "../show/summary.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { heading } from "../terminal/layout.ts";
import { startProgress } from "../terminal/progress.ts";
import { print } from "../terminal/terminal.ts";
import { policyFrom } from "./policy.ts";
import type { Replay } from "./replay-job.ts";

export const usage = `Usage: keyward replay [PATH…] [options]

Judges events and acts on them, with the code that Lambda runs. PATH is a file, a
folder, or - for standard input; without one, the events that come with Keyward.
A file holds an EventBridge envelope, a CloudTrail record, a log of Records (plain
or gzip), what "aws cloudtrail lookup-events" prints, an SQS or Lambda test event,
an array of these, or JSON Lines.

  --target embedded   on an AWS embedded in this process (the default): tags, mails
                      and stops happen there
  --target dry-run    no calls at all; actions are planned
  --target aws        for real, with the SDK's own credentials and AWS_ENDPOINT_URL,
                      each event in its Region; asks before it acts
  --policy FILE       judge by this policy (default: policy.yaml)
  --world FILE        keys and resources that the embedded AWS starts with
                      (default: events/world.json)
  --topic ARN         where mails go, for --target aws (default: TOPIC_ARN)
  --yes               do not ask before acting
  --json              one decision per line, nothing else
  --fail-on non-compliant
                      exit code 1 where something is non-compliant`;

const OPTIONS = {
  target: { type: "string", default: "embedded" },
  policy: { type: "string" },
  world: { type: "string" },
  topic: { type: "string" },
  "fail-on": { type: "string" },
  yes: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

const TARGETS = ["embedded", "dry-run", "aws"] as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  checkValues(values);
  const policy = await policyFrom(values.policy);
  const { inputs, faults } = await readAll(positionals.length > 0 ? positionals : [shipped("events")]);
  const judged: Judged[] = [];
  const progress = startProgress("events", inputs.length);
  const show = (input: Input, decision: Decision) => {
    judged.push({ input, decision });
    print(values.json ? JSON.stringify(publicDecision(decision)) : `${showDecision(decision, placeOf(input))}\n`);
    progress.step();
  };
  const { later = [], refused = 0 } = inputs.length > 0 ? await onTarget(values, { inputs, policy, show }) : {};
  progress.end();
  const decisions = judged.map(({ decision }) => decision);
  if (!values.json && inputs.length > 0) print(`${heading("In short")}\n\n${summaryOf(decisions, later)}`);
  // The shipped events hold unreadable and foreign ones on purpose, to be seen.
  const unusable = positionals.length === 0 ? 0 : tellUnusable(judged);
  if (faults + unusable + refused > 0) return EXIT.fault;
  const bad = decisions.some(({ verdict }) => verdict === "non-compliant");
  return values["fail-on"] && bad ? EXIT.nonCompliant : EXIT.fine;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

function checkValues({ target, "fail-on": failOn }: Values): void {
  if (failOn !== undefined && failOn !== "non-compliant") {
    throw new CliError(`--fail-on ${failOn} is not known; there is --fail-on non-compliant`);
  }
  if (TARGETS.some((known) => known === target)) return;
  const hint = didYouMean(target, TARGETS) || `; there are ${TARGETS.join(", ")}`;
  throw new CliError(`--target ${target} is not known${hint}`);
}

interface Ended {
  /** What later deliveries of the same events decided. */
  readonly later?: readonly Decision[];
  /** How many actions AWS refused. */
  readonly refused?: number;
}

async function onTarget({ target, world, topic, yes, json }: Values, replay: Replay): Promise<Ended> {
  if (target === "embedded") {
    const { replayEmbedded } = await import("./replay-embedded.ts");
    return { later: await replayEmbedded(replay, world, !json) };
  }
  if (target === "aws") {
    const { replayAws } = await import("./replay-aws.ts");
    return { refused: await replayAws(replay, topic ?? process.env.TOPIC_ARN, yes) };
  }
  const now = new Date();
  for (const input of replay.inputs) replay.show(input, foresee(input.event, replay.policy, now).decision);
  return {};
}
