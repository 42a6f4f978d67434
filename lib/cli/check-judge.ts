import { judge } from "../core/judge.ts";
import type { Policy } from "../core/policy.ts";
import { questionId } from "../core/question.ts";
import type { Answer, ApiCall, Judgement, Resource, SettingVerdict, Verdict } from "../core/types.ts";
import type { CheckDocument, Position } from "./check-document.ts";
import { applyDoubts } from "./check-doubts.ts";
import type { CheckSubject, Steps } from "./check-subject.ts";

export interface CheckedSetting extends SettingVerdict, Position {}

/** One resource of a file, judged. */
export interface Checked extends Position {
  readonly file: string;
  readonly subject: CheckSubject;
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly because?: string;
  readonly settings: readonly CheckedSetting[];
}

/** A file belongs to no account: empty names match none of the policy's patterns for one. */
const NOWHERE = { account: "", region: "" };

const NOT_LOOKED_UP: Answer = {
  is: "unknown",
  because: "whose key it is would be looked up in the account; keys.allow in the policy can name it",
};

/** Judges what a file would create as the account would, with nothing looked up. */
export function judgeSubject(file: string, subject: CheckSubject, document: CheckDocument, policy: Policy): Checked {
  const judgement = withDoubts(judgeCall(subject, policy), subject, policy);
  const { resource, verdict, because, settings } = judgement;
  return {
    ...{ file, subject, resource, verdict },
    ...(because === undefined ? {} : { because }),
    ...document.positionOf(subject.at),
    settings: settings.map(({ key, because, ...setting }) => ({
      ...setting,
      ...(because === undefined ? {} : { because: because.replace(/by DescribeKey$/, "made by the same file") }),
      ...(key === undefined ? {} : { key: asWritten(key, subject) }),
      ...document.positionOf([...subject.inside, ...stepsOf(setting.path)]),
    })),
  };
}

function judgeCall({ operation, request, keys }: CheckSubject, policy: Policy): Judgement {
  const call: ApiCall = {
    is: "call",
    ...{ eventID: "", eventName: operation, eventTime: "", principal: "", ...NOWHERE },
    request,
    response: {},
  };
  const made = new Map([...keys.keys()].map((key) => [keyQuestion(key), ofThisFile(policy)]));
  const first = judge(call, policy, made);
  const named = first.settings.flatMap(({ is, key }) => (is === "undetermined" && key !== undefined ? [key] : []));
  return judge(call, policy, new Map([...named.map((key) => [keyQuestion(key), NOT_LOOKED_UP] as const), ...made]));
}

const keyQuestion = (key: string): string => questionId({ ask: "key", key, ...NOWHERE });

/** A key that CloudFormation makes is a customer managed one; which lists name it shows once it has an ARN. */
function ofThisFile({ keys: { accept, deny } }: Policy): Answer {
  if (accept === "listed" || deny.length > 0) {
    return { is: "unknown", because: "the same file makes the key: whether a list names it shows once it has an ARN" };
  }
  return { is: "key", arn: "", manager: "CUSTOMER", state: "Enabled" };
}

function withDoubts(judgement: Judgement, subject: CheckSubject, policy: Policy): Judgement {
  // A pipeline's definition is text of its own: what cannot be read of it may be what the file leaves open.
  const { verdict } = judgement;
  if (verdict === "malformed" || (verdict === "undetermined" && judgement.settings.length === 0)) {
    const open = subject.doubts.find(({ path }) => path === "" || path.startsWith("PipelineDefinition"));
    const because = open?.because ?? judgement.because ?? "it cannot be read";
    return { ...judgement, verdict: "undetermined", because };
  }
  const settings = applyDoubts(judgement.settings, subject, policy);
  if (settings.every(({ is }, i) => is === judgement.settings[i]?.is)) return { ...judgement, settings };
  return { ...judgement, settings, verdict: worst(settings) };
}

function worst(settings: readonly SettingVerdict[]): Verdict {
  if (settings.some(({ is }) => is === "missing" || is === "rejected")) return "non-compliant";
  return settings.some(({ is }) => is === "undetermined") ? "undetermined" : "compliant";
}

function asWritten(key: string, { keys }: CheckSubject): string {
  let written = key;
  for (const [name, source] of keys) written = written.replaceAll(name, () => source);
  return written;
}

/** `Steps[Train].Arguments[0]` as the members, names and indexes that lead there. */
const stepsOf = (path: string): Steps =>
  path.split(/\.|(?=\[)/).map((step) => {
    const inner = /^\[(.*)\]$/.exec(step)?.[1];
    return inner === undefined ? step : /^\d+$/.test(inner) ? Number(inner) : inner;
  });
