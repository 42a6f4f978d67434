import { parseArgs } from "node:util";
import { foresee } from "../core/foresee.ts";
import type { Question } from "../core/types.ts";
import { CliError, EXIT } from "./cli-error.ts";
import { fold } from "./layout.ts";
import { policyFrom } from "./policy.ts";
import { placeOf, readAll } from "./read-all.ts";
import { type Reason, reasonsOf } from "./reasons.ts";
import { LOOK, planInWords, showHead } from "./show-decision.ts";
import { paint, print, safe } from "./terminal.ts";
import { type Judged, tellUnusable } from "./unusable.ts";

export const usage = `Usage: keyward explain FILE… [--policy FILE] [--json]

Says why each event is judged as it is, setting by setting: where the value was
found, which rule of the catalogue applied, what the policy wanted, and what
would be done. Nothing is looked up and nothing is touched.
FILE is a file, a folder, or - for standard input, in any form that replay reads.

  --policy FILE   judge by this policy (default: policy.yaml)
  --json          one object per event: the decision, its settings with their reasons, the open questions`;

export async function run(args: string[]): Promise<number> {
  const options = { policy: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to explain");
  const policy = await policyFrom(values.policy);
  const { inputs, faults } = await readAll(positionals);
  const judged: Judged[] = [];
  for (const input of inputs) {
    const { event, judgement, decision } = foresee(input.event, policy, new Date());
    judged.push({ input, decision });
    const reasons = reasonsOf(event, decision.settings, policy);
    const { questions } = judgement;
    if (values.json) print(JSON.stringify({ ...decision, settings: reasons, questions }));
    else print(`${explain({ input, decision }, reasons, questions)}\n`);
  }
  return faults + tellUnusable(judged) > 0 ? EXIT.fault : EXIT.fine;
}

function explain({ input, decision }: Judged, reasons: readonly Reason[], questions: readonly Question[]): string {
  const { because, actions } = decision;
  return [
    showHead(decision, placeOf(input)),
    ...(because === undefined ? [] : [fold(safe(because, 300), 2)]),
    ...reasons.flatMap(explainSetting),
    ...questions.map((question) => paint("yellow", fold(openInWords(question), 2, 4))),
    ...(decision.resource ? [fold(`> would be done: ${planInWords(actions)}`, 2, 4)] : []),
  ].join("\n");
}

function explainSetting({ path, is, because, ...facts }: Reason): string[] {
  const { mark, colour } = LOOK[is];
  const title = fold(
    `${mark} ${safe(path, 300)}: ${is}${because === undefined ? "" : `, ${safe(because, 300)}`}`,
    2,
    6,
  );
  const names = ["found", "key", "protects", "applies", "policy", "without", "prevent"] as const;
  const told = is === "not-applicable" ? names.slice(0, 5) : names;
  return [
    paint(colour, title),
    ...told.flatMap((name) => {
      const text = facts[name];
      return text === undefined ? [] : [fold(`${name.padEnd(9)} ${safe(text, 400)}`, 6, 16)];
    }),
  ];
}

function openInWords(question: Question): string {
  const what = question.ask === "key" ? `DescribeKey of ${safe(question.key)}` : question.operation;
  return `? Left open: ${what} would tell. In an account it is asked; here nothing is looked up.`;
}
