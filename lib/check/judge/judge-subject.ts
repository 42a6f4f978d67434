import { isUnexemptedViolation } from "../../core/judge/justify-stop.ts";
import { defined } from "../../core/model/defined.ts";
import type { Policy } from "../../policy/schema.ts";
import type { CheckDocument } from "../model/document.ts";
import type { CheckedResource, CheckedSetting } from "../model/result.ts";
import type { CheckSubject, Circumstance } from "../model/subject.ts";
import { type JudgedRequest, judgeRequest } from "./judge-request.ts";
import { sufficient } from "./sufficient.ts";

/** Judges every request of a subject. A finding that not all requests have says under which circumstances it holds. */
export function judgeSubject(
  file: string,
  subject: CheckSubject,
  document: CheckDocument,
  policy: Policy,
  time: Date,
): CheckedResource {
  const judged = subject.requests.map((request) => judgeRequest(file, subject, request, document, policy, time));
  const circumstances = subject.requests.map(({ under }) => under);
  return { file, ...document.positionOf(subject.at), subject, ...together(judged, circumstances) };
}

/** Worse verdicts first. */
const WORST: readonly CheckedResource["verdict"][] = [
  "non-compliant",
  "malformed",
  "undetermined",
  "exempt",
  "compliant",
  "ignored",
];

function together(
  judged: readonly JudgedRequest[],
  circumstances: readonly (readonly Circumstance[])[],
): JudgedRequest {
  const worst = WORST.map((verdict) => judged.find((one) => one.verdict === verdict)).find((one) => one !== undefined);
  if (worst === undefined) throw new Error("a subject without a request");
  return judged.length === 1 ? worst : { ...worst, settings: settingsOf(judged, circumstances) };
}

/** A setting's verdict, and the requests that have it, by their index. */
interface Occurrence {
  readonly setting: CheckedSetting;
  readonly requests: Set<number>;
}

/** Each setting once, with its worst verdict; several times only where several keys are as bad. */
function settingsOf(
  judged: readonly JudgedRequest[],
  circumstances: readonly (readonly Circumstance[])[],
): CheckedSetting[] {
  const settings = new Map<string, Map<string, Occurrence>>();
  judged.forEach((request, i) => {
    for (const setting of request.settings) {
      const id = JSON.stringify([setting.path, setting.protects]);
      const verdicts = settings.get(id) ?? new Map<string, Occurrence>();
      const verdict = JSON.stringify([setting.is, setting.key, setting.reason, setting.exempt, setting.mayBeExempt]);
      const occurrence = verdicts.get(verdict) ?? { setting, requests: new Set() };
      occurrence.requests.add(i);
      settings.set(id, verdicts.set(verdict, occurrence));
    }
  });
  return [...settings.values()].flatMap((verdicts) =>
    worstOf([...verdicts.values()]).map(({ setting, requests }) => {
      const under = badness(setting) > 0 ? sufficient(requests, circumstances) : [];
      return { ...setting, ...defined({ under: under.length > 0 ? under : undefined }) };
    }),
  );
}

function worstOf(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const worst = Math.max(...occurrences.map(({ setting }) => badness(setting)));
  const bad = occurrences.filter(({ setting }) => badness(setting) === worst);
  return worst > 0 ? bad : bad.slice(0, 1);
}

function badness(setting: CheckedSetting): number {
  if (isUnexemptedViolation(setting)) return 3;
  if (setting.is === "undetermined") return 2;
  return setting.exempt === undefined ? 0 : 1;
}
