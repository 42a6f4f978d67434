import { judgedOperations } from "../model/judged-operations.ts";

/** A program, or a file of data: a program can also call SageMaker through a library. */
export type TextKind = "program" | "data";

/**
 * Resources and calls as data writes them. `sagemaker:Create…` with a capital letter is an action in an IAM policy, and
 * creates nothing.
 */
const IN_DATA = [
  /AWS::SageMaker::\w/,
  /\baws(?:cc)?_sagemaker_[a-z]/,
  /\bsagemaker:create[A-Z]/,
  /\baws:sagemaker\//,
  /\bsagemaker\.services\.k8s\.aws/,
  /\baws\s+sagemaker\s+create-/,
];

/** `create_training_job(`, `createTrainingJob(`, `new CreateTrainingJobCommand(`, `CreateTrainingJobInput{`. */
const calls = judgedOperations
  .filter((operation) => operation.startsWith("Create"))
  .map((operation) => operation.replace(/(?!^)(?=[A-Z])/g, "_?"));

/** SDKs and constructs, as programs load and call them. */
const IN_PROGRAMS = [
  /\b(?:import|from)\s+sagemaker\b/,
  /\b(?:client|resource)\(\s*\\?["']sagemaker\\?["']/,
  /\/client-sagemaker\b(?!-)/,
  /\baws_sagemaker\b|\baws-sagemaker\b/,
  /\bsagemaker\.(?:Cfn)?[A-Z]\w*\(/,
  /\bsource\s*=\s*"[^"\n]*sagemaker[^"\n]*"/,
  new RegExp(`\\b(?:${calls.join("|")})(?:Command|Input|Request|Async)?\\s*[({]`, "i"),
];

/** True if a text seems to create resources of SageMaker. It is a test for words only. */
export function mentionsSageMaker(text: string, kind: TextKind): boolean {
  if (!/sagemaker/i.test(text) || OWN.test(text)) return false;
  const words = kind === "data" ? IN_DATA : [...IN_DATA, ...IN_PROGRAMS];
  return words.some((word) => word.test(text));
}

/** A baseline that `keyward check` has written: it names the resources of other files. */
const OWN = /^\s*\{\s*"keyward": "baseline"/;
