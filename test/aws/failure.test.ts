import { describe, expect, it } from "vitest";
import { failureOf } from "../../lib/aws/failure.ts";

const errorOf = (name: string, more: object, message = "no"): Error =>
  Object.assign(new Error(message), { name, ...more });
const answered = (status: number) => ({ $fault: "client", $metadata: { httpStatusCode: status } });

describe("failureOf", () => {
  it.each([
    ["AccessDeniedException", answered(400), { is: "denied", reason: { code: "aws-denied" } }],
    ["ThrottlingException", answered(400), { is: "failed", reason: { code: "aws-throttled" }, retryable: true }],
    ["ServiceUnavailable", answered(503), { is: "failed", reason: { code: "aws-unavailable" }, retryable: true }],
    ["ValidationException", answered(400), { is: "failed", reason: { code: "aws-failed" }, retryable: false }],
    [
      "ValidationException",
      { ...answered(400), $retryable: {} },
      { is: "failed", reason: { code: "aws-failed" }, retryable: true },
    ],
    // An answer that the SDK could not read.
    ["SyntaxError", { $metadata: { httpStatusCode: 502 } }, { reason: { code: "aws-unavailable" }, retryable: true }],
    ["TimeoutError", {}, { reason: { code: "aws-unanswered" }, retryable: true, unanswered: true }],
    ["Error", { code: "ECONNRESET" }, { reason: { code: "aws-unanswered" }, retryable: true, unanswered: true }],
    ["CredentialsProviderError", {}, { reason: { code: "aws-unanswered" }, retryable: true }],
  ])("classifies the error %s with %j", (name, more, failure) => {
    const found = failureOf(errorOf(name, more));
    expect(found).toMatchObject(failure);
    expect(found.reason).toMatchObject({ error: name, message: "no" });
  });

  it("keeps 300 characters of the message, without control characters", () => {
    const { reason } = failureOf(errorOf("TimeoutError", {}, `a\n\u0007b${"x".repeat(400)}`));
    expect(reason).toMatchObject({ message: `a b${"x".repeat(297)}` });
  });

  it.each([
    new Error("StopQuantumJob is not among the commands in use"),
    new TypeError("x is not a function"),
    // The SDK's retries add this to any error that is thrown in a call.
    errorOf("TypeError", { $metadata: { attempts: 1 } }),
    Object.assign(new TypeError("not a string"), { code: "ERR_INVALID_ARG_TYPE" }),
    "a string",
    undefined,
  ])("throws an error that is not from AWS or the network: %s", (error) => {
    expect(() => failureOf(error)).toThrow();
  });
});

/** `toThrow` does not show that it is the same object. */
it("failureOf throws the same error object again", () => {
  const bug = new Error("a bug");
  let thrown: unknown;
  try {
    failureOf(bug);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBe(bug);
});
