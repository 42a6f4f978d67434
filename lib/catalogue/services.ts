interface Service {
  /** Its prefix in IAM's actions (Service Authorization Reference). */
  readonly service: string;
  /** What CloudTrail writes as `eventSource`. */
  readonly eventSource: string;
  /** What EventBridge writes as `source`. */
  readonly source: string;
}

/**
 * The services whose calls are judged. SageMaker's geospatial capabilities have an API of their own; the API of SageMaker
 * Unified Studio is that of Amazon DataZone.
 */
export const services = [
  { service: "sagemaker", eventSource: "sagemaker.amazonaws.com", source: "aws.sagemaker" },
  {
    service: "sagemaker-geospatial",
    eventSource: "sagemaker-geospatial.amazonaws.com",
    source: "aws.sagemaker-geospatial",
  },
  { service: "datazone", eventSource: "datazone.amazonaws.com", source: "aws.datazone" },
] as const satisfies readonly Service[];

export type ServiceName = (typeof services)[number]["service"];

const SAGEMAKER = "sagemaker.amazonaws.com";

const prefixes = new Map<string, string>(
  services.map(({ service, eventSource }) => [eventSource, service === "sagemaker" ? "" : `${service}:`]),
);
const sources = new Set<string>(services.map(({ source }) => source));

/** Whether CloudTrail's `eventSource` is one that is judged. */
export const isJudgedSource = (eventSource: unknown): boolean =>
  eventSource === SAGEMAKER || (typeof eventSource === "string" && prefixes.has(eventSource));

/** Whether EventBridge's `source` is one that is judged. */
export const isJudgedBusSource = (source: string): boolean => sources.has(source);

/**
 * The catalogue's name of an operation. SageMaker's own have their plain names; those of the other services are written
 * as IAM writes actions (`datazone:CreateDomain`), because two services may have an operation of one name.
 */
export const operationName = (eventSource: string, eventName: string): string =>
  eventSource === SAGEMAKER ? eventName : `${prefixes.get(eventSource) ?? ""}${eventName}`;

/** The service of an operation that is written as the catalogue writes it, and the operation's name in its API. */
export function serviceOf(operation: string): (typeof services)[number] & { readonly name: string } {
  const colon = operation.indexOf(":");
  const prefix = colon === -1 ? "sagemaker" : operation.slice(0, colon);
  const found = services.find(({ service }) => service === prefix) ?? services[0];
  return { ...found, name: operation.slice(colon + 1) };
}
