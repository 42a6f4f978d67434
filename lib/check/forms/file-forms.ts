import { cloudFormationTemplate } from "../cloudformation/template.ts";
import type { FileForm } from "../model/form.ts";
import { pipelineDefinition } from "./pipeline-definition.ts";
import { request } from "./request.ts";

/**
 * The forms of input. The first form that recognises a file reads it, so a form that accepts more than another comes after
 * it. A new form is a module and its row here.
 */
export const fileForms: readonly FileForm[] = [cloudFormationTemplate, pipelineDefinition, request];
