import type { Answer } from "../core/model/types.ts";
import type { Result } from "../ports/ports.ts";

export type Failure = Exclude<Result, { is: "done" | "already-done" | "deferred" }>;

const DENIED = /^(AccessDenied|AuthorizationError|KMSAccessDenied|UnauthorizedOperation|OptInRequired)/;
const THROTTLED = /Throttl|TooManyRequests|SlowDown|RequestLimitExceeded|LimitExceeded/;

interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: object;
}

/** What kind of failure an SDK error is; the SDK has already retried what it would. Anything unknown is not retried. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { is: "failed", because: "unknown error", retryable: false };
  const { name, $metadata, $retryable }: AwsError = error;
  const because = `${name}: ${error.message}`.replace(/\p{C}+/gu, " ").slice(0, 300);
  if (DENIED.test(name)) return { is: "denied", because };
  const status = $metadata?.httpStatusCode;
  const unanswered = status === undefined && name !== "TypeError";
  const retryable = THROTTLED.test(name) || $retryable !== undefined || unanswered || (status ?? 0) >= 500;
  return { is: "failed", because, retryable, ...(unanswered ? { unanswered } : {}) };
}

/** What a failed look-up answers. */
export function unknownFrom(error: unknown): Extract<Answer, { is: "unknown" }> {
  const failure = failureOf(error);
  return { is: "unknown", because: failure.because, retryable: failure.is === "failed" && failure.retryable };
}

/** SageMaker reports an unknown resource under several names (API Reference, "Common Errors"; CloudTrail records). */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(ResourceNotFound|RecordNotFound|NotFoundException)/.test(error.name) ||
    /^(Requested resource not found|RecordNotFound|Could not find )/.test(error.message));
