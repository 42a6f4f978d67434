import { collect, scalar, text } from "../model/member.ts";
import { questionId } from "../model/question.ts";
import type { ApiCall, Json, Question, StateChange } from "../model/types.ts";
import { readDefinition, type Step } from "../read/pipeline.ts";
import { read } from "../read/read-settings.ts";
import type { Subject } from "../read/subject.ts";
import { judgePlaces, placesOfKey } from "./judge-locations.ts";
import { judgeSetting, type SettingJudgement } from "./judge-setting.ts";
import type { Rules } from "./rules.ts";

export interface JudgedDefinition {
  readonly judged: readonly SettingJudgement[];
  readonly open?: string;
  readonly question?: Question;
}

/** Judges each step of a pipeline by the settings of the call that it would make, before any job runs. */
export function judgeDefinition(
  event: ApiCall | StateChange,
  subject: Subject,
  definition: Json | undefined,
  rules: Rules,
): JudgedDefinition {
  if (typeof definition !== "string") {
    const elsewhere = definitionElsewhere(subject, rules);
    return "text" in elsewhere ? judgeText(event, elsewhere.text, rules) : elsewhere;
  }
  return judgeText(event, definition, rules);
}

function judgeText(event: ApiCall | StateChange, definition: string, rules: Rules): JudgedDefinition {
  const request = event.is === "call" && event.request !== "omitted" ? event.request : {};
  const parameters = collect(request, "PipelineParameters[]").flatMap(({ value }) => {
    const name = text(value, "Name");
    return name === undefined ? [] : [[name, text(value, "Value") ?? ""] as const];
  });
  const selected = collect(request, "SelectiveExecutionConfig.SelectedSteps[].StepName").map((one) =>
    scalar(one.value),
  );
  const read = readDefinition(definition, new Map<string, Json>(parameters), selected);
  if (read.is === "unreadable") return { judged: [], open: read.because };
  const judged = read.steps.flatMap((step) => judgeStep(step, rules));
  return { judged, ...(read.open === undefined ? {} : { open: read.open }) };
}

/** A definition in S3, or one that an update leaves as it is: Describe has its text. */
function definitionElsewhere(
  { describe, operation: row }: Subject,
  rules: Rules,
): JudgedDefinition | { readonly text: string } {
  const because = "the definition is not in the record";
  if (!describe) return { judged: [], open: `${because}, nor what is needed to look it up` };
  const answer = rules.answers.get(questionId(describe));
  if (answer === undefined) return { judged: [], open: `${because}: ${describe.operation} tells`, question: describe };
  const found = answer.is === "described" ? text(answer.output, row.definition ?? "") : undefined;
  if (found !== undefined) return { text: found };
  const told = answer.is === "unknown" ? answer.because : "it has none";
  return { judged: [], open: `${because}; ${describe.operation}: ${told}` };
}

function judgeStep({ at, operation: row, request }: Step, rules: Rules): SettingJudgement[] {
  const judged = [
    ...read(row.settings, request, true).map((reading) =>
      judgeSetting(reading, rules, () => placesOfKey(row.operation, reading.path, request)),
    ),
    ...judgePlaces(row.operation, request, rules),
  ];
  return judged.map(({ verdict, ...rest }) => ({ ...rest, verdict: { ...verdict, path: `${at}.${verdict.path}` } }));
}
