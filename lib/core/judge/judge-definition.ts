import { defined } from "../model/defined.ts";
import type { Json } from "../model/json.ts";
import { answerTo, type LookUp } from "../model/look-up.ts";
import { scalar, text } from "../model/member.ts";
import { collect } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";
import { emptyAnswer } from "../read/find-settings.ts";
import { type PipelineStep, readDefinition } from "../read/pipeline.ts";
import { readSettings } from "../read/read-settings.ts";
import { judgeLocations } from "./judge-locations.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

/**
 * The settings of a pipeline's steps, each judged. `unreadable`: the reason if the definition, or a part of it, cannot
 * be read.
 */
export interface DefinitionJudgement {
  readonly judged: readonly SettingJudgement[];
  readonly unreadable?: Reason;
  readonly lookUp?: LookUp;
}

/** Judges each step of a pipeline by the settings of the call that it would make, before a job runs. */
export function judgeDefinition(
  event: ApiCall | StateChange,
  subject: Subject,
  definition: Json | undefined,
  rules: Rules,
): DefinitionJudgement {
  if (typeof definition === "string") return judgeText(event, definition, rules);
  const described = describedDefinition(subject, rules);
  return "text" in described ? judgeText(event, described.text, rules) : described;
}

function judgeText(event: ApiCall | StateChange, definition: string, rules: Rules): DefinitionJudgement {
  const request = event.is === "call" && event.request !== "omitted" ? event.request : {};
  const parameters = new Map<string, Json>();
  for (const { value } of collect(request, "PipelineParameters[]")) {
    const name = text(value, "Name");
    if (name !== undefined) parameters.set(name, text(value, "Value") ?? "");
  }
  const selected = collect(request, "SelectiveExecutionConfig.SelectedSteps[].StepName");
  const read = readDefinition(definition, parameters, new Set(selected.map(({ value }) => scalar(value))));
  if (read.is === "unreadable") return { judged: [], unreadable: read.reason };
  return { judged: read.steps.flatMap((step) => judgeStep(step, rules)), ...defined({ unreadable: read.unreadable }) };
}

/**
 * The definition from Describe's answer. The event has no text if the definition is in S3, or if an update does not
 * change it.
 */
function describedDefinition(
  { describe, operation: row }: Subject,
  { answers }: Rules,
): DefinitionJudgement | { readonly text: string } {
  if (!describe) return { judged: [], unreadable: { code: "not-in-record", lacks: "definition" } };
  const { operation } = describe;
  const answer = answerTo(describe, answers);
  if (answer === undefined) {
    return { judged: [], unreadable: { code: "needs-describe", lacks: "definition", operation }, lookUp: describe };
  }
  const found = answer.is === "described" ? text(answer.output, row.definition ?? "") : undefined;
  if (found !== undefined) return { text: found };
  const why = answer.is === "unknown" ? answer.reason : emptyAnswer(operation);
  return { judged: [], unreadable: { code: "describe-unanswered", lacks: "definition", operation, answer: why } };
}

function judgeStep({ at, operation: row, request }: PipelineStep, rules: Rules): SettingJudgement[] {
  const judged = readSettings(row.settings, row.operation, request, true).map((reading) =>
    judgeSetting(reading, rules),
  );
  return [...judged, ...judgeLocations(row.operation, request, rules)].map(({ verdict, ...rest }) => ({
    ...rest,
    verdict: { ...verdict, path: `${at}.${verdict.path}` },
  }));
}
