import { parseArgs } from "node:util";
import type { Condition, Setting } from "../catalogue/vocabulary.ts";
import { foresee } from "../core/foresee.ts";
import { WITHOUT } from "../core/judge-setting.ts";
import type { Policy } from "../core/policy.ts";
import { PROTECTS } from "../core/protects.ts";
import { subjectOf } from "../core/subject.ts";
import type { SettingVerdict } from "../core/types.ts";
import { CliError, EXIT } from "./cli-error.ts";
import type { Input } from "./inputs.ts";
import { policyFrom } from "./policy.ts";
import { readAll, sourceOf } from "./read-all.ts";
import { showDecision } from "./show-decision.ts";
import { paint, print, safe } from "./terminal.ts";

export const usage = `Usage: keyward explain FILE… [--policy FILE] [--json]

Says why each event is judged as it is, setting by setting: where the value was found, which rule of the catalogue applied,
what the policy wanted, and what would be done. Nothing is looked up and nothing is touched.
FILE is a file, a folder, or - for standard input, in any of the forms that replay reads.`;

export async function run(args: string[]): Promise<number> {
  const options = { policy: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new CliError("no file to explain");
  const policy = await policyFrom(values.policy);
  const { inputs, faults } = await readAll(positionals);
  let malformed = false;
  for (const input of inputs) {
    const { lines, decision, questions } = explain(input, policy);
    malformed ||= decision.verdict === "malformed";
    if (values.json) print(JSON.stringify({ ...decision, questions }));
    else print(`${lines.join("\n")}\n`);
  }
  return faults > 0 || malformed ? EXIT.fault : EXIT.fine;
}

function explain(input: Input, policy: Policy) {
  const { event, judgement, decision } = foresee(input.event, policy, new Date());
  const subject = event.is === "call" || event.is === "state-change" ? subjectOf(event) : undefined;
  const settings = subject?.operation.settings ?? [];
  const lines = [
    showDecision({ ...decision, settings: [] }, sourceOf(input)),
    ...decision.settings.flatMap((verdict) => explainSetting(verdict, settings, policy)),
    ...judgement.questions.map((question) => {
      const what = question.ask === "key" ? `DescribeKey of ${safe(question.key)}` : question.operation;
      return paint("yellow", `  Left open: ${what} would tell. In an account it is asked; here nothing is looked up.`);
    }),
  ];
  return { lines, decision, questions: judgement.questions };
}

function explainSetting(verdict: SettingVerdict, settings: readonly Setting[], policy: Policy): string[] {
  const { path, protects, is, key, because } = verdict;
  const pattern = path.replace(/\[\d*\]/g, "[]");
  const setting = settings.find((one) => one.path === pattern && one.protects === protects);
  const fact = (name: string, text: string) => `      ${name.padEnd(9)} ${text}`;
  return [
    `  ${paint("bold", safe(path))}: ${is}${because === undefined ? "" : `, ${safe(because, 300)}`}`,
    fact("found", key !== undefined ? safe(key) : protects === "in-transit" ? "no key; a switch" : "no key"),
    fact("protects", PROTECTS[protects] ?? protects),
    ...(setting ? [fact("applies", appliesWhen(setting))] : []),
    fact("policy", wanted(setting, policy)),
    ...(setting && setting.protects !== "in-transit" ? [fact("without", WITHOUT[setting.without])] : []),
    ...(setting?.conditionKey ? [fact("prevent", `IAM condition key ${setting.conditionKey}`)] : []),
  ];
}

function appliesWhen({ when = [], instanceTypes, element }: Setting): string {
  const parts = [
    ...when.map(inWords),
    ...(element ? [`elements where ${element.path} is ${element.is ? "true" : "not true"}`] : []),
    ...(instanceTypes ? ["the instance types have no local storage"] : []),
  ];
  return parts.length === 0 ? "always" : parts.join(", and ");
}

function inWords(condition: Condition): string {
  switch (condition.is) {
    case "present":
      return `${condition.path} is there`;
    case "equals":
      return `${condition.path} is ${condition.value}`;
    case "not":
      return `${condition.path} is not ${condition.value}`;
    case "lacking-in-some":
      return `not every element has ${condition.path}`;
    default:
      return condition satisfies never;
  }
}

function wanted(setting: Setting | undefined, { require, keys }: Policy): string {
  if (!setting) return "reports what the catalogue does not hold";
  if (!require[setting.protects]) return `require.${setting.protects}: false`;
  if (setting.protects === "in-transit") return "require.in-transit: true";
  return `require.${setting.protects}: true, keys.accept: ${keys.accept}`;
}
