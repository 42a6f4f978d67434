import { defined } from "../core/model/defined.ts";
import { oneLine } from "../text/one-line.ts";
import { safeText } from "../text/safe-text.ts";
import type { HookFinding, HookResult } from "./judgement.ts";
import { adviceOf, messageOf, statementOf } from "./message.ts";
import type { HookEvent } from "./read-event.ts";

/**
 * The answer of a Lambda Hook (CloudFormation Hooks User Guide, "Create Lambda functions to evaluate resources for Lambda
 * Hooks", "Response input"). `FAILED` needs a code: `NonCompliant` was judged, `InternalFailure` could not be.
 */
export interface HookAnswer {
  readonly hookStatus: "SUCCESS" | "FAILED";
  readonly errorCode?: "NonCompliant" | "InternalFailure";
  readonly message: string;
  readonly clientRequestToken?: string;
  readonly annotations?: readonly Annotation[];
}

/** What GetHookResult returns for each finding (CloudFormation API Reference, "Annotation"). */
export interface Annotation {
  readonly annotationName: string;
  readonly status: "FAILED" | "SKIPPED";
  readonly statusMessage: string;
  readonly remediationMessage?: string;
}

/** AWS documents no limit; nobody reads more. */
const MAX_ANNOTATIONS = 25;
const MAX_TEXT = 1_000;

/** The answer for a judgement or a fault. A fault fails the hook, and its FailureMode decides about the operation. */
export function answerOf(result: HookResult, event: HookEvent): HookAnswer {
  const token = defined({ clientRequestToken: event.token });
  if (result.is === "fault") {
    const message = oneLine(safeText`Keyward cannot judge this operation: ${result.message}.`, MAX_TEXT);
    return { hookStatus: "FAILED", errorCode: "InternalFailure", message, ...token };
  }
  if (result.is === "deletion")
    return { hookStatus: "SUCCESS", message: "Keyward: a deletion is not judged.", ...token };
  const message = messageOf(result, event.isCloudControl);
  const annotations = result.findings.slice(0, MAX_ANNOTATIONS).map(annotationOf);
  const details = annotations.length > 0 ? { annotations } : {};
  const isViolated = result.findings.some(({ standing }) => standing === "violation");
  return isViolated
    ? { hookStatus: "FAILED", errorCode: "NonCompliant", message, ...token, ...details }
    : { hookStatus: "SUCCESS", message, ...token, ...details };
}

function annotationOf(found: HookFinding): Annotation {
  const isViolation = found.standing === "violation";
  return {
    // The name of the protected thing, as in the policy and in SARIF.
    annotationName: found.finding.protects,
    status: isViolation ? "FAILED" : "SKIPPED",
    statusMessage: oneLine(statementOf(found), MAX_TEXT),
    ...defined({ remediationMessage: isViolation ? oneLine(adviceOf(found), MAX_TEXT) : undefined }),
  };
}
