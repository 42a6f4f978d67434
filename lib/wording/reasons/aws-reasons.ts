import type { Sentences } from "./sentences.ts";

interface AwsError {
  readonly error: string;
  readonly message: string;
}

const awsError = ({ error, message }: AwsError): string => (message === "" ? error : `${error}: ${message}`);

/** The results of actions and look-ups, and the reason of a message in the dead-letter queue. */
export const awsReasons = {
  "aws-denied": awsError,
  "aws-throttled": awsError,
  "aws-unanswered": awsError,
  "aws-unavailable": awsError,
  "aws-failed": awsError,
  "incomplete-answer": ({ service, lacks }) => `${service} answered without ${lacks}`,
  fault: ({ error }) => `an error in Keyward itself (${error}); its log has the details`,
  gone: () => "it no longer exists",
  "not-found-yet": () => "SageMaker does not find it yet",
  "not-running": ({ status }) => `it is ${status}`,
  "not-yet": ({ status }) => `it is ${status}`,
  "warm-pool-not-yet": () => "its warm pool cannot be ended yet",
  "arn-name-not-found": () => "nothing is found under the name in its ARN",
  "arn-missing": () => "its ARN is not in the record",
  "limit-reached": ({ stopsPerHour }) => `the policy's limit of ${stopsPerHour} stops an hour is reached`,
  "principal-limit-reached": ({ stopsPerHour }) =>
    `the policy's limit of ${stopsPerHour} stops an hour for one principal is reached`,
  "slots-busy": () => "other stops are being counted",
  "slot-unavailable": ({ answer }, say) => `the limit of stops could not be checked (${say(answer)})`,
  "ledger-unavailable": ({ answer }, say) => `the ledger cannot be written (${say(answer)})`,
  "control-deleted": () => "the control object was deleted; what it said before stays in force",
  "control-unreadable": ({ answer }, say) => `the control object cannot be read (${say(answer)})`,
  "control-invalid": () => "the control object is not valid JSON of its form",
  "pushed-policy-unusable": ({ version, answer }, say) =>
    `policy ${version} cannot be used (${say(answer)}); the last good one stays`,
  "policy-absent": () => "it was never pushed, or was deleted",
  "policy-invalid": () => "it is not a valid policy",
  "object-too-large": ({ maxBytes }) => `it is larger than ${maxBytes} bytes`,
  "done-for-parent": ({ eventID }) => `done once for the parent, with event ${eventID}`,
  "counted-for-cause": ({ eventID, count }) =>
    `the same cause was mailed for event ${eventID}; ${count} more since then`,
  "cause-busy": () => "other events of the same cause are being counted",
  "mail-unanswered": () => "two attempts without an answer: it may have arrived, or not",
  "notified-before": () => "mailed with an earlier delivery",
  "denied-action": ({ action, answer }, say) => `${action}: ${say(answer)}`,
  "gave-up": ({ hours, open }, say) => `not finished within ${hours} hours: ${open.map(say).join("; ")}`,
  "action-open": ({ action, outcome, answer }, say) => `${action} ${outcome}${answer ? ` (${say(answer)})` : ""}`,
  "other-delivery": () => "another delivery works on it",
} satisfies Partial<Sentences>;
