import { withoutDataSentence } from "../../catalogue/without-data/reasons.ts";
import type { Lacks } from "../../core/model/reason.ts";
import { joined, ownText, safeText } from "../../text/safe-text.ts";
import type { Sentences } from "./sentences.ts";

const LACKS = {
  settings: "the record does not hold the settings",
  "unchanged-settings": "the record does not hold the settings that the update leaves unchanged",
  definition: "the record does not hold the pipeline's definition",
} as const satisfies Record<Lacks, string>;

/** Reasons why an event is not judged, and why a resource cannot be judged yet. */
export const eventReasons = {
  "not-an-object": () => safeText`the event is not a JSON object`,
  "detail-not-an-object": () => safeText`the envelope's detail is not a JSON object`,
  "member-missing": ({ of, member }) => safeText`the ${of} has no ${member}`,
  "other-source": ({ source }) => safeText`the event comes from ${source || "an unknown source"}, not from SageMaker`,
  "other-detail-type": ({ type }) => safeText`events of the type "${type}" are not judged`,
  "service-event": () => safeText`SageMaker itself made this event: the call that started it is judged instead`,
  "call-failed": ({ errorCode }) => safeText`the call failed (${errorCode})`,
  "creates-nothing": () => safeText`the call creates nothing`,
  "no-parameters": () => safeText`the call has no parameters that could hold a key`,
  "request-not-an-object": () => safeText`the call's parameters are not a JSON object`,
  "not-an-account": ({ account }) => safeText`"${account}" is not an account: it has twelve digits`,
  "not-a-region": ({ region }) => safeText`"${region}" is not a Region`,
  "not-in-service": ({ status }) =>
    safeText`the notebook instance is ${status || "in an unknown status"}, not InService`,
  "takes-no-key": () => safeText`the operation takes no key`,
  "without-data": ({ because }) => ownText(withoutDataSentence(because)),
  "names-no-key": () => safeText`the call names no key, and no bucket that the policy judges`,
  "defined-by-aws": ({ arn }) => safeText`AWS itself owns ${arn}, and nobody else can give it a key`,
  "unknown-operation": () => safeText`the operation is not in the catalogue`,
  "needs-one-of": ({ paths }) => safeText`the call has none of ${joined(paths, ", ")}`,
  "reference-missing": () => safeText`the record does not name the resource that it refers to`,
  "not-in-record": ({ lacks }) => safeText`${LACKS[lacks]}, nor the names that Describe needs`,
  "needs-describe": ({ lacks, operation }) => safeText`${LACKS[lacks]}: ${operation} returns them`,
  "describe-unanswered": ({ lacks, operation, answer }, say) =>
    safeText`${LACKS[lacks]}, and ${operation} did not help: ${say(answer)}`,
  "needs-reference": ({ path, operation, name }) =>
    safeText`${path} names the resource that holds it: ${operation} ${name} returns it`,
  "reference-unanswered": ({ path, operation, name, answer }, say) =>
    safeText`${path} names the resource that holds it, and ${operation} ${name} did not help: ${say(answer)}`,
  "definition-not-json": () => safeText`the pipeline's definition is not JSON`,
  "definition-without-steps": () => safeText`the pipeline's definition has no Steps`,
  "definition-too-large": ({ maxSteps }) =>
    safeText`the pipeline's definition has more than ${maxSteps} steps, or nests too deep`,
  "step-type-unknown": ({ step, type }) => safeText`the step ${step} is of an unknown type (${type})`,
  "exemption-unclear": ({ exemption }) => safeText`it is not known whether the exemption "${exemption}" covers it`,
} satisfies Partial<Sentences>;
