interface Service {
  /** Its prefix in IAM's actions (Service Authorization Reference). */
  readonly service: string;
  /** CloudTrail's `eventSource`. */
  readonly eventSource: string;
  /** EventBridge's `source`. */
  readonly source: string;
}

/**
 * The services whose calls are judged. SageMaker's geospatial capabilities have an API of their own. SageMaker Unified
 * Studio uses the API of Amazon DataZone.
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

/** Whether CloudTrail's `eventSource` is that of a judged service. */
export const isJudgedSource = (eventSource: unknown): boolean =>
  eventSource === SAGEMAKER || (typeof eventSource === "string" && prefixes.has(eventSource));

/** Whether EventBridge's `source` is that of a judged service. */
export const isJudgedBusSource = (source: string): boolean => sources.has(source);

/**
 * The catalogue's name of an operation. SageMaker's own operations have their plain names. An operation of another
 * service is written as an IAM action (`datazone:CreateDomain`), because two services may have operations of one name.
 */
export const operationName = (eventSource: string, eventName: string): string =>
  eventSource === SAGEMAKER ? eventName : `${prefixes.get(eventSource) ?? ""}${eventName}`;

/**
 * The service of an operation, and the operation's name in its API. The input is the catalogue's name of the operation.
 */
export function serviceOf(operation: string): (typeof services)[number] & { readonly name: string } {
  const colon = operation.indexOf(":");
  const prefix = colon === -1 ? "sagemaker" : operation.slice(0, colon);
  const found = services.find(({ service }) => service === prefix) ?? services[0];
  return { ...found, name: operation.slice(colon + 1) };
}
