import type { Story } from "./story.ts";
import type { Outcome } from "./types.ts";

/** What a setting protects, as a person would say it. */
export const PROTECTS: Readonly<Record<string, string>> = {
  volume: "the ML storage volume",
  "root-volume": "the instances' root volume",
  output: "what the job writes to S3",
  "data-capture": "captured requests and answers in S3",
  "async-output": "answers of asynchronous inference in S3",
  "core-dump": "core dumps in S3",
  "input-dataset": "query results staged in S3 for the job",
  sharing: "shared notebook outputs in S3",
  "canvas-artifacts": "Canvas artifacts in S3",
  "home-efs": "home directories on EFS",
  "studio-storage": "home directories on EFS and the apps' EBS volumes",
  "feature-store-online": "the online feature store",
  "feature-store-offline": "the offline feature store in S3",
  "model-card": "the model card's content",
  "model-package": "the model package",
  "partner-app": "the partner app's data",
  "mlflow-app": "the MLflow app's data",
  "in-transit": "traffic between the job's nodes",
  unknown: "not known: the operation is new",
};

/** How an action ended, in a sentence. */
export function outcomeSentence(outcome: Outcome, { noun }: Story): string {
  const because = outcome.because ? ` (${outcome.because})` : "";
  const words = outcome.do === "tag" ? TAG : STOP;
  return `${words[outcome.outcome].replace("$", `The ${noun}`)}${because}.`;
}

const TAG: Readonly<Record<Outcome["outcome"], string>> = {
  planned: "$ would be tagged with the verdict (keyward:status)",
  done: "$ was tagged with the verdict (keyward:status)",
  "already-done": "$ was tagged before",
  deferred: "$ will be tagged later",
  denied: "$ could not be tagged: Keyward is not allowed to",
  failed: "$ could not be tagged",
  skipped: "$ was not tagged",
};

const STOP: Readonly<Record<Outcome["outcome"], string>> = {
  planned: "$ would be stopped",
  done: "$ was stopped",
  "already-done": "$ was not running any more",
  deferred: "$ cannot be stopped yet; it will be as soon as it can be",
  denied: "$ was NOT stopped: Keyward is not allowed to",
  failed: "$ was NOT stopped",
  skipped: "$ was not stopped",
};

/** The policy's demand, as the end of "the policy accepts …". */
export const ACCEPTS = {
  any: "any KMS key that the caller names",
  "customer-managed": "customer managed KMS keys",
  listed: "only the KMS keys on its list",
} as const;
