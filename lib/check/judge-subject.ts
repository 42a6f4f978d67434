import { operation as rowOf } from "../catalogue/find-operation.ts";
import { isViolation } from "../core/judge/exempt.ts";
import { judge } from "../core/judge/judge.ts";
import { questionAbout } from "../core/judge/judge-key.ts";
import { type Answers, questionId } from "../core/model/question.ts";
import type { Answer, ApiCall, Judgement, Question, Resource, SettingVerdict, Verdict } from "../core/model/types.ts";
import type { Policy } from "../policy/schema.ts";
import type { CheckDocument, Position } from "./document.ts";
import { applyDoubts } from "./open-places.ts";
import type { CheckSubject, Steps } from "./subject.ts";

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

const NOT_LOOKED_UP = {
  key: "whose key it is would be looked up in the account; keys.allow in the policy can name it",
  bucket: "it would be looked up in the account",
  describe: "what it refers to would be looked up in the account",
} as const satisfies Record<Question["ask"], string>;

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

/** What only names where its settings stand, an endpoint its configuration, is judged there. */
const ELSEWHERE: Judgement = {
  resource: null,
  verdict: "ignored",
  because: "its key is that of what it names",
  settings: [],
  questions: [],
};

function judgeCall({ operation, request, keys }: CheckSubject, policy: Policy): Judgement {
  const row = rowOf(operation);
  if (row?.refersTo && row.settings.length === 0) return ELSEWHERE;
  const call: ApiCall = {
    is: "call",
    ...{ eventID: "", eventName: operation, principal: "unknown", ...NOWHERE },
    // Exemptions count as of now.
    eventTime: new Date().toISOString(),
    request,
    response: {},
  };
  const answers = new Map([...keys.keys()].map((key) => [keyId(key, policy), ofThisFile(policy)] as const));
  let judgement = judge(call, policy, answers);
  for (let open = openIn(judgement, policy, answers); open.size > 0; open = openIn(judgement, policy, answers)) {
    for (const [id, answer] of open) answers.set(id, answer);
    judgement = judge(call, policy, answers);
  }
  return judgement;
}

const keyId = (key: string, { keys }: Policy): string => questionId(questionAbout(key, NOWHERE, keys));

/** What a judgement leaves open and has no answer yet: that it is not looked up is the answer here. */
function openIn({ questions, settings }: Judgement, policy: Policy, answers: Answers): Map<string, Answer> {
  const asked = questions.map((question) => [questionId(question), notLookedUp(question.ask)] as const);
  const named = settings.flatMap(({ is, key }) =>
    is === "undetermined" && key !== undefined ? [[keyId(key, policy), notLookedUp("key")] as const] : [],
  );
  return new Map([...asked, ...named].filter(([id]) => !answers.has(id)));
}

const notLookedUp = (ask: Question["ask"]): Answer => ({ is: "unknown", because: NOT_LOOKED_UP[ask] });

/** A key that CloudFormation makes is a customer managed one; which lists name it shows once it has an ARN. */
function ofThisFile({ keys: { accept, deny } }: Policy): Answer {
  if (accept === "listed" || deny.length > 0) {
    return { is: "unknown", because: "the same file makes the key: whether a list names it shows once it has an ARN" };
  }
  const arn = "arn:aws:kms:none:000000000000:key/made-by-this-file";
  return { is: "key", arn, manager: "CUSTOMER", state: "Enabled" };
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
  if (settings.some((setting) => isViolation(setting) && setting.exempt === undefined)) return "non-compliant";
  if (settings.some(({ is }) => is === "undetermined")) return "undetermined";
  return settings.some(({ exempt }) => exempt !== undefined) ? "exempt" : "compliant";
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
