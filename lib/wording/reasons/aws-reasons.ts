import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Sentences } from "./sentences.ts";

interface AwsError {
  readonly error: SafeText;
  readonly message: SafeText;
}

const awsError = ({ error, message }: AwsError): SafeText => (message === "" ? error : safeText`${error}: ${message}`);

/** The results of actions and look-ups, and the reason of a message in the dead-letter queue. */
export const awsReasons = {
  "aws-denied": awsError,
  "aws-throttled": awsError,
  "aws-unanswered": awsError,
  "aws-unavailable": awsError,
  "aws-failed": awsError,
  "incomplete-answer": ({ service, lacks }) => safeText`${service} answered without ${lacks}`,
  fault: ({ error }) => safeText`an error in Keyward itself (${error}); its log has the details`,
  gone: () => safeText`it no longer exists`,
  "not-found-yet": () => safeText`SageMaker does not find it yet`,
  "not-running": ({ status }) => safeText`it is ${status}`,
  "not-yet": ({ status }) => safeText`it is ${status}`,
  "warm-pool-not-yet": () => safeText`its warm pool cannot be ended yet`,
  "arn-name-not-found": () => safeText`nothing is found under the name in its ARN`,
  "arn-missing": () => safeText`its ARN is not in the record`,
  "limit-reached": ({ stopsPerHour }) => safeText`the policy's limit of ${stopsPerHour} stops an hour is reached`,
  "principal-limit-reached": ({ stopsPerHour }) =>
    safeText`the policy's limit of ${stopsPerHour} stops an hour for one principal is reached`,
  "slots-busy": () => safeText`other stops are being counted`,
  "slot-unavailable": ({ answer }, say) => safeText`the limit of stops could not be checked (${say(answer)})`,
  "ledger-unavailable": ({ answer }, say) => safeText`the ledger cannot be written (${say(answer)})`,
  "control-deleted": () => safeText`the control object was deleted; what it said before stays in force`,
  "control-unreadable": ({ answer }, say) => safeText`the control object cannot be read (${say(answer)})`,
  "control-invalid": () => safeText`the control object is not valid JSON of its form`,
  "pushed-policy-unusable": ({ version, answer }, say) =>
    safeText`policy ${version} cannot be used (${say(answer)}); the last good one stays`,
  "policy-absent": () => safeText`it was never pushed, or was deleted`,
  "policy-invalid": () => safeText`it is not a valid policy`,
  "object-too-large": ({ maxBytes }) => safeText`it is larger than ${maxBytes} bytes`,
  "done-for-parent": ({ eventID }) => safeText`done once for the parent, with event ${eventID}`,
  "counted-for-cause": ({ eventID, count }) =>
    safeText`the same cause was mailed for event ${eventID}; ${count} more since then`,
  "cause-busy": () => safeText`other events of the same cause are being counted`,
  "mail-unanswered": () => safeText`two attempts without an answer: it may have arrived, or not`,
  "daily-mail-unanswered": ({ date }) =>
    safeText`the daily mail about ${ownText(date)} may not have gone out; digest/${ownText(date)}.json in the ledger's bucket names its entries`,
  "daily-mail-open": ({ date }) => safeText`a daily mail about ${ownText(date)} is not sent yet`,
  "sent-to": ({ to }) => safeText`to the topic ${ownText(to)}`,
  "topic-unknown": ({ to }) =>
    safeText`the policy's notify names the topic ${ownText(to)}, which the stack's RouteTopicArns does not have; its mails go to the topic for users`,
  "notified-before": () => safeText`mailed with an earlier delivery`,
  "denied-action": ({ action, answer }, say) => safeText`${action}: ${say(answer)}`,
  "gave-up": ({ hours, open }, say) => safeText`not finished within ${hours} hours: ${joined(open.map(say), "; ")}`,
  "action-open": ({ action, outcome, answer }, say) =>
    safeText`${action} ${outcome}${answer ? safeText` (${say(answer)})` : ""}`,
  "other-delivery": () => safeText`another delivery works on it`,
} satisfies Partial<Sentences>;
