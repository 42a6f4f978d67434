import { services } from "../../catalogue/services.ts";
import { findOperation } from "../model/judged-operations.ts";

/**
 * The ARN of a service integration: `arn:aws:states:::sagemaker:createTrainingJob.sync`,
 * `arn:aws:states:::aws-sdk:sagemaker:createDomain`, `arn:aws:scheduler:::aws-sdk:sagemaker:createTransformJob`. Source:
 * Step Functions, "Integrating services"; EventBridge Scheduler, "Using universal targets".
 */
const INTEGRATION = /^arn:[^:]*:(?:states|scheduler):[^:]*:[^:]*:(?:aws-sdk:)?([a-z]+):([A-Za-z0-9]+)(?:\.|$)/;
/** The partition may be unresolved: `arn:${AWS::Partition}:states:::…`. */
const OPEN_PARTITION = /^arn:\$\{[^}]*\}:/;

/** The AWS SDK names the service `sagemakergeospatial`, IAM `sagemaker-geospatial`. */
const bySdkName = new Map<string, string>(services.map(({ service }) => [service.replaceAll("-", ""), service]));

/** The catalogue's operation of an integration; undefined for another service, or a call that creates nothing. */
export function operationOf(arn: string): string | undefined {
  const [, sdkName = "", action = ""] = INTEGRATION.exec(arn.replace(OPEN_PARTITION, "arn::")) ?? [];
  const service = bySdkName.get(sdkName);
  if (service === undefined) return undefined;
  if (service !== "sagemaker") return findOperation(`${service}:${action}`);
  // A creation that is not in the catalogue takes no key, and is shown as such.
  return findOperation(action) ?? (action.startsWith("create") ? `C${action.slice(1)}` : undefined);
}

const IN_TEXT = /arn:[^"\s]{0,200}?:(?:states|scheduler):::(?:aws-sdk:)?[a-z]{1,40}:[A-Za-z0-9]{1,80}/g;

/** The operations of the integrations that a text names, each once. It need not be readable otherwise. */
export const operationsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(IN_TEXT)].flatMap(([arn]) => operationOf(arn) ?? [])),
];
