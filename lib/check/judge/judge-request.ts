import { isUnexemptedViolation } from "../../core/judge/justify-stop.ts";
import { defined } from "../../core/model/defined.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { Judgement, SettingVerdict, Verdict } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import type { CheckDocument } from "../model/document.ts";
import type { CheckedResource, CheckedSetting } from "../model/result.ts";
import type { CheckSubject, FileKey, SubjectRequest } from "../model/subject.ts";
import { judgeCall } from "./judge-call.ts";
import { placeOf } from "./place-of.ts";
import { applyUnresolvedPlaces } from "./unresolved-places.ts";

/** The judgement of one request of a subject, with the position of each setting in the file. */
export type JudgedRequest = Pick<CheckedResource, "resource" | "verdict" | "reason" | "settings">;

/** Judges one request of a subject. */
export function judgeRequest(
  file: string,
  subject: CheckSubject,
  request: SubjectRequest,
  document: CheckDocument,
  policy: Policy,
  time: Date,
): JudgedRequest {
  const call = judgeCall(subject.operation, request, policy, time, placeOf(file, subject));
  const judgement = withUnresolvedPlaces(call, subject, request, policy);
  return {
    resource: judgement.resource,
    verdict: judgement.verdict,
    ...defined({ reason: judgement.reason }),
    settings: judgement.settings.map((setting) => checkedSetting(setting, request, document)),
  };
}

function checkedSetting(setting: SettingVerdict, request: SubjectRequest, document: CheckDocument): CheckedSetting {
  const { path, protects, is, key, reason, exempt, mayBeExempt } = setting;
  const { at, attribute } = request.settingAt(path);
  return {
    path,
    protects,
    is,
    ...defined({
      key: key === undefined ? undefined : asWritten(key, request),
      reason: reason && (key === undefined ? reason : asOwnKey(reason, request.ownKeys.get(key))),
      exempt,
      mayBeExempt,
    }),
    ...defined({ attribute }),
    ...document.positionOf(at),
  };
}

/** A check looks nothing up. So if KMS seems to have described a key, it is a key that the file creates. */
function asOwnKey(reason: Reason, key: FileKey | undefined): Reason {
  if (reason.code !== "customer-managed" || reason.by !== "DescribeKey") return reason;
  return key?.by === "read" ? { code: "read-by-file", source: key.written } : { code: "made-by-file" };
}

/** The file's text for a key. For a key that the file creates, the request has only a generated name. */
function asWritten(key: string, { ownKeys }: SubjectRequest): string {
  let written = key;
  for (const [name, { written: source, arn }] of ownKeys) {
    if (arn === undefined) written = written.replaceAll(name, () => source);
  }
  return written;
}

function withUnresolvedPlaces(
  judgement: Judgement,
  { operation, judges }: CheckSubject,
  request: SubjectRequest,
  policy: Policy,
): Judgement {
  const { verdict, settings } = judgement;
  const isUnread = verdict === "malformed" || (verdict === "undetermined" && settings.length === 0);
  if (isUnread) return unread(judgement, request);
  const judged = judges ? settings.filter(({ path }) => judges(path)) : settings;
  const withPlaces = applyUnresolvedPlaces(judged, operation, request.unresolvedPlaces, policy);
  const isSame = judged.length === settings.length && withPlaces.every(({ is }, i) => is === settings[i]?.is);
  return { ...judgement, settings: withPlaces, verdict: isSame ? verdict : worstOf(withPlaces) };
}

/**
 * The judgement if no setting was read. An unresolved place can be the reason, because a pipeline's definition is one
 * text.
 */
function unread(judgement: Judgement, { unresolvedPlaces }: SubjectRequest): Judgement {
  const place = unresolvedPlaces.find(({ path }) => path === "" || path.startsWith("PipelineDefinition"));
  return { ...judgement, verdict: "undetermined", ...defined({ reason: place?.reason ?? judgement.reason }) };
}

function worstOf(settings: readonly SettingVerdict[]): Verdict {
  if (settings.some(isUnexemptedViolation)) return "non-compliant";
  if (settings.some(({ is }) => is === "undetermined")) return "undetermined";
  return settings.some(({ exempt }) => exempt !== undefined) ? "exempt" : "compliant";
}
