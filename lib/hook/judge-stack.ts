import { isDeepStrictEqual } from "node:util";
import type { CheckOptions } from "../check/check-file.ts";
import type { CheckedResource } from "../check/model/result.ts";
import type { Json } from "../core/model/json.ts";
import { safeText } from "../text/safe-text.ts";
import { type JudgedDocument, judgeDocument, memberOf, readTemplate, withoutDefaults } from "./document.ts";
import { faultOf, type HookFault, type HookJudgement, judgementOf } from "./judgement.ts";

/**
 * Judges the template of a stack. `payload`: the object `{template, previousTemplate}` (CloudFormation Hooks User Guide,
 * "Lambda Hook stack input syntax"). It does not have the values of the parameters. A violation that depends on a default
 * is reported and does not fail the operation: the hook on resources judges the value. A resource that an update leaves
 * unchanged is reported only.
 */
export function judgeStack(payload: Json, options: CheckOptions): HookJudgement | HookFault {
  const text = memberOf(payload, "template");
  if (typeof text !== "string" || text === "") return faultOf(safeText`the payload has no template`);
  const template = readTemplate(text);
  if (template.is === "fault") return template;
  if (template.is === "nothing") return judgementOf([]);
  const judged = judgeDocument(template.value, options);
  if (judged.is === "fault") return judged;
  const certain = violationsIn(resourcesOf(judgeDocument(withoutDefaults(template.value), options)));
  const unchanged = unchangedIn(template.value, memberOf(payload, "previousTemplate"), judged.resources, options);
  return judgementOf(judged.resources, ({ subject }, { path }) => {
    if (unchanged.has(subject.place)) return "unchanged";
    return certain.has(idOf(subject.place, path)) ? "violation" : "by-default";
  });
}

/** None where the document cannot be judged: then nothing is certain, and nothing is unchanged. */
const resourcesOf = (judged: JudgedDocument): readonly CheckedResource[] =>
  judged.is === "judged" ? judged.resources : [];

const idOf = (place: string, path: string): string => JSON.stringify([place, path]);

/** The settings that are missing or rejected under every condition. */
const violationsIn = (resources: readonly CheckedResource[]): Set<string> =>
  new Set(
    resources.flatMap(({ subject, settings }) =>
      settings.flatMap(({ path, is, under = [] }) =>
        under.length === 0 && (is === "missing" || is === "rejected") ? [idOf(subject.place, path)] : [],
      ),
    ),
  );

/** The places of the resources that both templates have, written and judged in the same way. */
function unchangedIn(
  template: Json,
  previous: Json | undefined,
  resources: readonly CheckedResource[],
  options: CheckOptions,
): Set<string> {
  const read = readTemplate(previous);
  if (read.is !== "template") return new Set();
  const before = new Map(resourcesOf(judgeDocument(read.value, options)).map((one) => [one.subject.place, one]));
  const same = resources.filter((one) => {
    const old = before.get(one.subject.place);
    const isWrittenAlike = isDeepStrictEqual(nodeOf(template, one), nodeOf(read.value, one));
    return old !== undefined && isWrittenAlike && isDeepStrictEqual(outcomeOf(old), outcomeOf(one));
  });
  return new Set(same.map(({ subject }) => subject.place));
}

const nodeOf = (template: Json, { subject }: CheckedResource): Json | undefined =>
  subject.at.reduce<Json | undefined>((node, segment) => memberOf(node, segment), template);

const outcomeOf = ({ verdict, settings }: CheckedResource) => ({
  verdict,
  settings: settings.map(({ path, is, key, reason, under }) => ({ path, is, key, reason, under })),
});
