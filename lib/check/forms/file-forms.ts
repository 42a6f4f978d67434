import { cloudFormationTemplate } from "../cloudformation/template.ts";
import { ackManifest } from "../kubernetes/manifest.ts";
import type { FileForm } from "../model/form.ts";
import { terraformPlan } from "../terraform/plan.ts";
import { cdkAssembly } from "./cdk-assembly.ts";
import { cloudControl } from "./cloud-control.ts";
import { pipelineDefinition } from "./pipeline-definition.ts";
import { request } from "./request.ts";
import { schedule } from "./schedule.ts";
import { sdkConfig } from "./sdk-config.ts";
import { stateMachine } from "./state-machine.ts";

/**
 * All forms of input. The first form that recognises a file reads it, so the most general form is the last. To add a
 * form, add its module and its row here.
 */
export const fileForms: readonly FileForm[] = [
  cloudFormationTemplate,
  cdkAssembly,
  terraformPlan,
  pipelineDefinition,
  stateMachine,
  schedule,
  ackManifest,
  cloudControl,
  sdkConfig,
  request,
];
