import { cloudFormationTemplate } from "../cloudformation/template.ts";
import type { FileForm } from "../model/form.ts";
import { terraformPlan } from "../terraform/plan.ts";
import { pipelineDefinition } from "./pipeline-definition.ts";
import { request } from "./request.ts";
import { sdkConfig } from "./sdk-config.ts";

/**
 * All forms of input. The first form that recognises a file reads it, so the most general form is the last. To add a
 * form, add its module and its row here.
 */
export const fileForms: readonly FileForm[] = [
  cloudFormationTemplate,
  terraformPlan,
  pipelineDefinition,
  sdkConfig,
  request,
];
