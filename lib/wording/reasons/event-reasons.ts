import { withoutDataSentence } from "../../catalogue/without-data/reasons.ts";
import type { Lacks } from "../../core/model/reason.ts";
import type { Sentences } from "./sentences.ts";

const LACKS: Readonly<Record<Lacks, string>> = {
  settings: "the record does not hold the settings",
  "unchanged-settings": "the record does not hold the settings that the update leaves unchanged",
  definition: "the record does not hold the pipeline's definition",
};

/** Reasons why an event is not judged, and why a resource cannot be judged yet. */
export const eventReasons = {
  "not-an-object": () => "the event is not a JSON object",
  "detail-not-an-object": () => "the envelope's detail is not a JSON object",
  "member-missing": ({ of, member }) => `the ${of} has no ${member}`,
  "other-source": ({ source }) => `the event comes from ${source || "an unknown source"}, not from SageMaker`,
  "other-detail-type": ({ type }) => `events of the type "${type}" are not judged`,
  "service-event": () => "SageMaker itself made this event: the call that started it is judged instead",
  "call-failed": ({ errorCode }) => `the call failed (${errorCode})`,
  "creates-nothing": () => "the call creates nothing",
  "no-parameters": () => "the call has no parameters that could hold a key",
  "request-not-an-object": () => "the call's parameters are not a JSON object",
  "not-an-account": ({ account }) => `"${account}" is not an account: it has twelve digits`,
  "not-in-service": ({ status }) => `the notebook instance is ${status || "in an unknown status"}, not InService`,
  "takes-no-key": () => "the operation takes no key",
  "without-data": ({ because }) => withoutDataSentence(because),
  "names-no-key": () => "the call names no key, and no bucket that the policy judges",
  "defined-by-aws": ({ arn }) => `AWS itself owns ${arn}, and nobody else can give it a key`,
  "unknown-operation": () => "the operation is not in the catalogue",
  "needs-one-of": ({ paths }) => `the call has none of ${paths.join(", ")}`,
  "reference-missing": () => "the record does not name the resource that it refers to",
  "not-in-record": ({ lacks }) => `${LACKS[lacks]}, nor the names that Describe needs`,
  "needs-describe": ({ lacks, operation }) => `${LACKS[lacks]}: ${operation} returns them`,
  "describe-unanswered": ({ lacks, operation, answer }, say) =>
    `${LACKS[lacks]}, and ${operation} did not help: ${say(answer)}`,
  "needs-reference": ({ path, operation, name }) =>
    `${path} names the resource that holds it: ${operation} ${name} returns it`,
  "reference-unanswered": ({ path, operation, name, answer }, say) =>
    `${path} names the resource that holds it, and ${operation} ${name} did not help: ${say(answer)}`,
  "definition-not-json": () => "the pipeline's definition is not JSON",
  "definition-without-steps": () => "the pipeline's definition has no Steps",
  "definition-too-large": ({ maxSteps }) =>
    `the pipeline's definition has more than ${maxSteps} steps, or nests too deep`,
  "step-type-unknown": ({ step, type }) => `the step ${step} is of an unknown type (${type})`,
  "exemption-unclear": ({ exemption }) => `it is not known whether the exemption "${exemption}" covers it`,
} satisfies Partial<Sentences>;
