import { parseArgs } from "node:util";
import { foresee } from "../core/foresee.ts";
import type { Policy } from "../core/policy.ts";
import type { Decision } from "../core/types.ts";
import { CliError, EXIT } from "./cli-error.ts";
import type { Input } from "./inputs.ts";
import { policyFrom } from "./policy.ts";
import { readAll, sourceOf } from "./read-all.ts";
import { showDecision } from "./show-decision.ts";
import { complain, print, safe } from "./terminal.ts";

export const usage = `Usage: keyward replay [PATH…] [options]

Judges events and acts on them, with the code that Lambda runs. PATH is a file, a folder, or - for standard input; without
one, the events that come with Keyward. A file holds an EventBridge envelope, a CloudTrail record, a log of Records (plain
or gzip), what "aws cloudtrail lookup-events" prints, an SQS or Lambda test event, an array of these, or JSON Lines.

  --target embedded   on an AWS embedded in this process (default): tags, mails and stops happen there
  --target dry-run    no calls at all; actions are planned
  --target aws        for real, with the SDK's own credentials and AWS_ENDPOINT_URL; asks before it acts
  --policy FILE       judge by this policy (default: policy.yaml)
  --world FILE        keys and resources that the embedded AWS starts with (default: events/world.json)
  --topic ARN         the topic that mails go to, for --target aws (default: TOPIC_ARN)
  --yes               do not ask before acting
  --json              one decision per line
  --fail-on non-compliant   exit code 1 where something is non-compliant`;

const OPTIONS = {
  target: { type: "string", default: "embedded" },
  policy: { type: "string" },
  world: { type: "string" },
  topic: { type: "string" },
  "fail-on": { type: "string" },
  yes: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

const SHIPPED = "events";

export interface Replay {
  readonly inputs: readonly Input[];
  readonly policy: Policy;
  /** Takes each decision as it is made. */
  show(input: Input, decision: Decision): void;
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const failOn = values["fail-on"];
  if (failOn !== undefined && failOn !== "non-compliant") throw new CliError(`--fail-on ${failOn} is not known`);
  const policy = await policyFrom(values.policy);
  const paths = positionals.length > 0 ? positionals : [SHIPPED];
  const { inputs, faults } = await readAll(paths);
  const decisions: Decision[] = [];
  const show = (input: Input, decision: Decision) => {
    decisions.push(decision);
    if (values.json) print(JSON.stringify(decision));
    else print(`${showDecision(decision, sourceOf(input))}\n`);
  };
  if (inputs.length > 0) await onTarget(values, { inputs, policy, show });
  // The shipped events hold unreadable and foreign ones on purpose, to be seen.
  const unusable = positionals.length === 0 ? 0 : tellUnusable(inputs, decisions);
  if (faults + unusable > 0) return EXIT.fault;
  const bad = decisions.some(({ verdict }) => verdict === "non-compliant");
  return failOn && bad ? EXIT.nonCompliant : EXIT.fine;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

async function onTarget({ target, world, topic, yes, json }: Values, replay: Replay): Promise<void> {
  switch (target) {
    case "dry-run":
      for (const input of replay.inputs) replay.show(input, foresee(input.event, replay.policy, new Date()).decision);
      return;
    case "embedded":
      return (await import("./replay-embedded.ts")).replayEmbedded(replay, world, !json);
    case "aws":
      return (await import("./replay-aws.ts")).replayAws(replay, topic ?? process.env.TOPIC_ARN, yes);
    default:
      throw new CliError(`--target ${target} is not known; there are embedded, dry-run and aws`);
  }
}

/** Tells of malformed events, and of files that hold nothing of SageMaker's; says how many there are. */
function tellUnusable(inputs: readonly Input[], decisions: readonly Decision[]): number {
  let unusable = 0;
  for (const [i, { verdict, because }] of decisions.entries()) {
    const input = inputs[i];
    if (verdict !== "malformed" || !input) continue;
    unusable++;
    complain(`${safe(sourceOf(input), 400)}: ${because}; give a CloudTrail record or its EventBridge envelope`);
  }
  for (const file of new Set(inputs.map((input) => input.file))) {
    const held = decisions.filter((_, i) => inputs[i]?.file === file);
    const foreign = held.every(
      ({ verdict, because }) => verdict === "ignored" && /^(eventSource|source) is/.test(because ?? ""),
    );
    if (!foreign) continue;
    unusable++;
    complain(`${safe(file, 400)}: no event of SageMaker's (${held[0]?.because}); nothing to judge`);
  }
  return unusable;
}
