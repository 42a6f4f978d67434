import { parseArgs } from "node:util";
import type { Answer, LookUp } from "../../core/model/look-up.ts";
import { publicDecision, saidOf } from "../../wording/public-decision.ts";
import { say } from "../../wording/reasons/say.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG, type Formats, formatOf, POLICY, WORLD } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { placeOf, readAll } from "../input/read-all.ts";
import { type AnsweredLookUp, resolverOf, TARGETS } from "../input/resolver.ts";
import { type Judged, reportUnusable } from "../input/unusable.ts";
import { connectForEvents } from "../installation/connect-for-events.ts";
import { circumstancesInWords, LOOK, planInWords, showHead } from "../show/decision.ts";
import { explanationsOf, type SettingExplanation } from "../show/explanation.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { fold } from "../terminal/layout.ts";
import { paint, print, safe } from "../terminal/terminal.ts";

export const usage = `Usage: keyward explain FILE… [options]

Explains the verdict about each event, setting by setting: the place of the value, the
rule of the catalogue, the requirement of the policy, every look-up with its answer,
its source and its age, and the actions that Keyward would take. Changes nothing.
FILE is a file, a folder, or - for standard input, in any form that replay reads.

  --target embedded   the embedded AWS answers, from the events so far and from
                      --world (the default)
  --target aws        AWS answers; uses the SDK's credentials and only reads
  --target dry-run    no look-ups
  --policy FILE       judge by this policy (default: policy.yaml)
  --world FILE        keys, buckets and resources of the embedded AWS
                      (default: events/world.json)
  --json              one object per event: the decision, its settings with their
                      reasons, the look-ups, and the look-ups without an answer`;

export const options = {
  target: { type: "string", default: "embedded", values: TARGETS },
  policy: POLICY,
  world: WORLD,
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = { files: true };

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to explain");
  const policy = await policyFrom(values.policy);
  const { inputs, faults } = await readAll(positionals);
  const judged: Judged[] = [];
  if (values.target === "aws") await connectForEvents(inputs);
  const resolver = await resolverOf(values.target, policy, values.world);
  try {
    for (const input of inputs) {
      const { judgement, decision, lookUps } = await resolver.judge(input.event);
      judged.push({ input, decision });
      const reasons = explanationsOf(judgement, policy);
      const { lookUps: questions } = judgement;
      print(FORMATS[formatOf(values.json)]({ input, decision, reasons, lookUps, questions }));
    }
  } finally {
    await resolver.close();
  }
  return faults + reportUnusable(judged) > 0 ? EXIT.fault : EXIT.fine;
}

interface Explanation extends Judged {
  readonly reasons: readonly SettingExplanation[];
  readonly lookUps: readonly AnsweredLookUp[];
  /** The look-ups that have no answer. */
  readonly questions: readonly LookUp[];
}

const FORMATS: Formats<Explanation> = {
  json: ({ decision, reasons, lookUps, questions }) =>
    JSON.stringify({
      ...publicDecision(decision),
      settings: reasons,
      lookUps: lookUps.map(publicLookUp),
      questions,
    }),
  text: (explanation) => `${explain(explanation)}\n`,
};

function explain({ input, decision, reasons, lookUps, questions }: Explanation): string {
  const { reason, actions } = decision;
  return [
    showHead(decision, placeOf(input)),
    ...(reason ? [fold(safe(say(reason), 300), 2)] : []),
    ...reasons.flatMap(explainSetting),
    ...circumstancesInWords(decision).map((line) => fold(line, 2, 4)),
    ...lookUps.map((lookUp) => paint("dim", fold(lookUpInWords(lookUp), 2, 4))),
    ...questions.map((lookUp) => paint("yellow", fold(openInWords(lookUp), 2, 4))),
    ...(decision.resource ? [fold(`> would be done: ${planInWords(actions)}`, 2, 4)] : []),
  ].join("\n");
}

function explainSetting({ path, is, because, ...facts }: SettingExplanation): string[] {
  const { mark, colour } = LOOK[is];
  const title = fold(
    `${mark} ${safe(path, 300)}: ${is}${because === undefined ? "" : `, ${safe(because, 300)}`}`,
    2,
    6,
  );
  const names = ["found", "key", "protects", "applies", "policy", "without", "prevent"] as const;
  const shown = is === "not-applicable" ? names.slice(0, 5) : names;
  return [
    paint(colour, title),
    ...shown.flatMap((name) => {
      const text = facts[name];
      return text === undefined ? [] : [fold(`${name.padEnd(9)} ${safe(text, 400)}`, 6, 16)];
    }),
  ];
}

/** A look-up as `--json` prints it: the reason of one without an answer as its code and its sentence. */
function publicLookUp({ lookUp: question, answer, by, age }: AnsweredLookUp) {
  if (answer.is !== "unknown") return { question, answer, by, age };
  const { reason, ...rest } = answer;
  return { question, answer: { ...rest, ...saidOf(reason) }, by, age };
}

function openInWords(lookUp: LookUp): string {
  return `? Not looked up: ${askedInWords(lookUp)}`;
}

function lookUpInWords({ lookUp, answer, by, age }: AnsweredLookUp): string {
  const how = age === 0 ? by : `${by}, ${Math.round(age / 1000)} s old`;
  return `? ${askedInWords(lookUp)}: ${answerInWords(answer)} (${how})`;
}

function answerInWords(answer: Answer): string {
  switch (answer.is) {
    case "key": {
      const { arn, manager, state, aliases, rotates } = answer;
      const more = [
        ...(aliases ? [`aliases ${aliases.join(", ") || "none"}`] : []),
        ...(rotates === undefined ? [] : [rotates ? "rotated" : "not rotated"]),
      ];
      return safe([arn, manager, state, ...more].join(", "), 300);
    }
    case "bucket":
      return safe([answer.algorithm, ...(answer.key ? [answer.key] : [])].join(", "), 300);
    case "described":
      return "described";
    case "steps":
      return `${answer.made.length} resource${answer.made.length === 1 ? "" : "s"} made by its steps`;
    case "unknown":
      return `no answer: ${safe(say(answer.reason), 300)}`;
    default:
      return answer satisfies never;
  }
}

/** The call that resolves a look-up, and the resource. */
function askedInWords(lookUp: LookUp): string {
  switch (lookUp.ask) {
    case "key":
      return `DescribeKey of ${safe(lookUp.key)}`;
    case "bucket":
      return `GetBucketEncryption of ${safe(lookUp.bucket)}`;
    case "describe":
      return `${lookUp.operation} of ${safe(Object.values(lookUp.input).at(-1) ?? "")}`;
    case "steps":
      return `ListPipelineExecutionSteps of ${safe(lookUp.execution)}`;
    default:
      return lookUp satisfies never;
  }
}
