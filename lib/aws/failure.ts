import { defined } from "../core/model/defined.ts";
import type { Answer } from "../core/model/look-up.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Result } from "../ports/ports.ts";
import type { Unavailable } from "../ports/store.ts";

export type Failure = Extract<Result, { is: "denied" | "failed" }>;

const DENIED = /^(AccessDenied|AuthorizationError|KMSAccessDenied|UnauthorizedOperation|OptInRequired)/;
/** `ResourceLimitExceeded` is none: a resource that has all its tags takes no other one later either. */
const THROTTLED = /Throttl|TooManyRequests|SlowDown|(?<!Resource)LimitExceeded/;
/** The SDK's errors where AWS did not answer: the connection timed out, or there are no credentials. */
const NO_ANSWER = /^(TimeoutError|AbortError|\w*ProviderError)$/;

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $fault?: string;
  readonly $retryable?: object;
  readonly code?: unknown;
}

/**
 * Classifies an error of the SDK or the network. The SDK has already made its own retries. Any other error is a bug and
 * is thrown again.
 */
export function failureOf(error: unknown): Failure {
  if (!isFromAws(error)) throw error;
  const { name, $metadata, $retryable } = error;
  const status = $metadata?.httpStatusCode;
  const answer = { error: name, message: error.message.replace(/\p{C}+/gu, " ").slice(0, 300) };
  if (DENIED.test(name)) return { is: "denied", reason: { code: "aws-denied", ...answer } };
  const reason = { code: codeOf(name, status), ...answer } satisfies Reason;
  return {
    is: "failed",
    reason,
    retryable: reason.code !== "aws-failed" || $retryable !== undefined,
    ...defined({ unanswered: status === undefined ? (true as const) : undefined }),
  };
}

function codeOf(name: string, status: number | undefined) {
  if (THROTTLED.test(name)) return "aws-throttled";
  if (status === undefined) return "aws-unanswered";
  return status >= 500 ? "aws-unavailable" : "aws-failed";
}

/**
 * A service's exception has `$fault`, an answer that the SDK cannot read has a status, a network error has a `code`.
 */
function isFromAws(error: unknown): error is SdkError {
  if (!(error instanceof Error)) return false;
  const { $fault, $metadata, code, name }: SdkError = error;
  if ($fault !== undefined || $metadata?.httpStatusCode !== undefined) return true;
  // Node gives its own type errors a code too (ERR_INVALID_ARG_TYPE).
  return NO_ANSWER.test(name) || (typeof code === "string" && !(error instanceof TypeError));
}

const isRetryable = (failure: Failure): boolean => failure.is === "failed" && failure.retryable;

/** The answer of a failed look-up. */
export function unknownFrom(error: unknown): Extract<Answer, { is: "unknown" }> {
  const failure = failureOf(error);
  return { is: "unknown", reason: failure.reason, retryable: isRetryable(failure) };
}

/** The result of a failed read or write. */
export function unavailableFrom(error: unknown): Unavailable {
  const failure = failureOf(error);
  return { is: "unavailable", reason: failure.reason, retryable: isRetryable(failure) };
}

/** SageMaker reports an unknown resource under several names (API Reference, "Common Errors"; CloudTrail records). */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(ResourceNotFound|RecordNotFound|NotFoundException)/.test(error.name) ||
    /^(Requested resource not found|RecordNotFound|Could not find )/.test(error.message));
