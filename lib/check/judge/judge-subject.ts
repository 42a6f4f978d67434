import { isUnexemptedViolation } from "../../core/judge/justify-stop.ts";
import { defined } from "../../core/model/defined.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { Judgement, SettingVerdict, Verdict } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import type { CheckDocument } from "../model/document.ts";
import type { CheckedResource, CheckedSetting } from "../model/result.ts";
import type { CheckSubject, FileKey } from "../model/subject.ts";
import { judgeCall } from "./judge-call.ts";
import { applyUnresolvedPlaces } from "./unresolved-places.ts";

/** Judges one subject of a file, and adds the position of each setting in the file. */
export function judgeSubject(
  file: string,
  subject: CheckSubject,
  document: CheckDocument,
  policy: Policy,
  time: Date,
): CheckedResource {
  const judgement = withUnresolvedPlaces(judgeCall(subject, policy, time), subject, policy);
  return {
    file,
    ...document.positionOf(subject.at),
    subject,
    resource: judgement.resource,
    verdict: judgement.verdict,
    ...defined({ reason: judgement.reason }),
    settings: judgement.settings.map((setting) => checkedSetting(setting, subject, document)),
  };
}

function checkedSetting(setting: SettingVerdict, subject: CheckSubject, document: CheckDocument): CheckedSetting {
  const { path, protects, is, key, reason, exempt } = setting;
  const { at, attribute } = subject.settingAt(path);
  return {
    path,
    protects,
    is,
    ...defined({
      key: key === undefined ? undefined : asWritten(key, subject),
      reason: reason && (key === undefined ? reason : asOwnKey(reason, subject.ownKeys.get(key))),
      exempt,
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
function asWritten(key: string, { ownKeys }: CheckSubject): string {
  let written = key;
  for (const [name, { written: source, arn }] of ownKeys) {
    if (arn === undefined) written = written.replaceAll(name, () => source);
  }
  return written;
}

function withUnresolvedPlaces(judgement: Judgement, subject: CheckSubject, policy: Policy): Judgement {
  const { verdict, settings } = judgement;
  const isUnread = verdict === "malformed" || (verdict === "undetermined" && settings.length === 0);
  if (isUnread) return unread(judgement, subject);
  const judged = subject.judges ? settings.filter(({ path }) => subject.judges?.(path)) : settings;
  const withPlaces = applyUnresolvedPlaces(judged, subject, policy);
  const isSame = judged.length === settings.length && withPlaces.every(({ is }, i) => is === settings[i]?.is);
  return { ...judgement, settings: withPlaces, verdict: isSame ? verdict : worstOf(withPlaces) };
}

/**
 * The judgement if no setting was read. An unresolved place can be the reason, because a pipeline's definition is one
 * text.
 */
function unread(judgement: Judgement, { unresolvedPlaces }: CheckSubject): Judgement {
  const place = unresolvedPlaces.find(({ path }) => path === "" || path.startsWith("PipelineDefinition"));
  return { ...judgement, verdict: "undetermined", ...defined({ reason: place?.reason ?? judgement.reason }) };
}

function worstOf(settings: readonly SettingVerdict[]): Verdict {
  if (settings.some(isUnexemptedViolation)) return "non-compliant";
  if (settings.some(({ is }) => is === "undetermined")) return "undetermined";
  return settings.some(({ exempt }) => exempt !== undefined) ? "exempt" : "compliant";
}
