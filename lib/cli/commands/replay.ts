import { parseArgs } from "node:util";
import type { Input } from "../../cloudtrail/inputs.ts";
import type { Decision } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import { choice } from "../input/choice.ts";
import type { Operands, Options } from "../input/command.ts";
import { checkFailOn, codeOf, FAIL_ON, FLAG, POLICY, WORLD } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { readAll } from "../input/read-all.ts";
import { shipped } from "../input/shipped.ts";
import { type Judged, reportUnusable } from "../input/unusable.ts";
import { REPLAY_VIEWS, type ReplayView } from "../show/replay-views.ts";
import { EXIT } from "../terminal/cli-error.ts";
import { count, heading } from "../terminal/layout.ts";
import { startProgress } from "../terminal/progress.ts";
import { print } from "../terminal/terminal.ts";
import { replayOn, TARGETS } from "./replay-target.ts";

/** Up to this number of the user's events are shown in full. With more events, each has one line. */
const SHOWN_IN_FULL = 10;
/** The first look shows these in full: a stop that has to wait, an immediate stop, and a compliant resource. */
const FIRST_LOOK = [
  "events/CreateNotebookInstance/fail-no-key.json",
  "events/CreateTrainingJob/fail-no-volume-key.json",
  "events/CreateTrainingJob/pass-own-key.json",
];

export const usage = `Usage: keyward replay [PATH…] [options]

Judges events and acts on them, with the code that Lambda runs. PATH is a file, a
folder, or - for standard input. Without a PATH, it takes the events that come with
Keyward and shows three of them, one mail and a summary.
A file holds an EventBridge envelope, a CloudTrail record, a log of Records (plain
or gzip), the output of "aws cloudtrail lookup-events", an SQS or Lambda test event,
an array of these, or JSON Lines. Up to ${SHOWN_IN_FULL} events are shown in full; with more events,
each has one line.

  --target embedded   on an AWS embedded in this process (the default): tags, mails
                      and stops happen there
  --target dry-run    no calls at all; actions are planned
  --target aws        AWS itself, with the SDK's credentials and AWS_ENDPOINT_URL,
                      each event in its Region; asks before it acts
  --policy FILE       judge by this policy (default: policy.yaml, or the one that
                      comes with Keyward)
  --world FILE        keys, buckets and resources of the embedded AWS
                      (default: events/world.json)
  --topic ARN         where mails go, for --target aws (default: TOPIC_ARN)
  --yes               do not ask before acting
  --all               show every event that comes with Keyward in full
  --verbose           show every event in full, however many there are
  --json              one decision per line, nothing else
  --fail-on non-compliant
                      exit with 1 if a resource is non-compliant`;

export const options = {
  target: { type: "string", default: "embedded", values: TARGETS },
  policy: POLICY,
  world: WORLD,
  topic: { type: "string" },
  "fail-on": FAIL_ON,
  yes: FLAG,
  all: FLAG,
  verbose: FLAG,
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = { files: true };

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  checkFailOn(values["fail-on"]);
  const target = choice("--target", values.target, TARGETS);
  const policy = await policyFrom(values.policy);
  const own = positionals.length > 0;
  // On AWS each event is replayed once, so the first look does not replay three of them.
  if (!own && !values.json && !values.all && !values.verbose && target !== "aws") return firstLook(values, policy);
  const { inputs, faults } = await readAll(own ? positionals : [shipped("events")]);
  const view = REPLAY_VIEWS[values.json ? "json" : isInFull(values, inputs) ? "full" : "lines"];
  const replayed = await replay(inputs, view, policy, values);
  // The shipped events include unreadable events and events of other services, as examples.
  const unusable = own ? reportUnusable(replayed.judged) : 0;
  return faults + unusable + replayed.refused > 0 ? EXIT.fault : replayed.code;
}

const isInFull = ({ all, verbose }: Values, inputs: readonly Input[]): boolean =>
  all || verbose || inputs.length <= SHOWN_IN_FULL;

interface Replayed {
  readonly judged: readonly Judged[];
  readonly refused: number;
  readonly code: number;
}

/** Replays events, and shows them and their summary. */
async function replay(inputs: readonly Input[], view: ReplayView, policy: Policy, values: Values): Promise<Replayed> {
  const { topic, world, yes, "fail-on": failOn } = values;
  const target = choice("--target", values.target, TARGETS);
  const judged: Judged[] = [];
  if (inputs.length === 0) return { judged, refused: 0, code: EXIT.fine };
  const progress = startProgress("events", inputs.length);
  const event = (input: Input, decision: Decision) => {
    judged.push({ input, decision });
    view.event(input, decision);
    progress.step();
  };
  const job = { inputs, policy, view: { ...view, event } };
  const { later, refused } = await replayOn(target, job, { topic, world, yes });
  progress.end();
  const decisions = judged.map(({ decision }) => decision);
  view.summary(decisions, later);
  return { judged, refused, code: codeOf(decisions.some(isNonCompliant), failOn) };
}

const isNonCompliant = ({ verdict }: Decision): boolean => verdict === "non-compliant";

/** Three of the events that come with Keyward, then a summary of all of them and how to see the rest. */
async function firstLook(values: Values, policy: Policy): Promise<number> {
  const { inputs: few } = await readAll(FIRST_LOOK.map(shipped));
  await replay(few, REPLAY_VIEWS.firstLook, policy, values);
  const { inputs: all } = await readAll([shipped("events")]);
  print(`${heading(`All ${count(all.length, "event")} that come with Keyward`)}\n`);
  const { code } = await replay(all, REPLAY_VIEWS.summaryOnly, policy, values);
  print(HOW_TO_GO_ON);
  return code;
}

const HOW_TO_GO_ON = `
  npx keyward replay --all            every one of them in full, with every mail
  npx keyward replay FILE…            events of your own: a record, a log, a folder
  npx keyward explain FILE…           why an event is judged as it is
  npx keyward replay --help           the targets: this AWS, none, or your own`;
