import type { Json } from "../../../core/model/json.ts";
import type { DocumentPath } from "../../model/document-path.ts";
import type { Circumstance } from "../../model/subject.ts";
import type { Pick } from "../combinations/choices.ts";
import type { Domains } from "../combinations/domains.ts";
import type { TemplateScope } from "../combinations/scope.ts";
import type { Value } from "./value.ts";

/** One run over a resource: one combination of the values that are not known. */
export interface Evaluation {
  readonly scope: TemplateScope;
  readonly domains: Domains;
  /** Undefined: nothing is picked, so that every such value stays unresolved. */
  readonly pick: Pick | undefined;
  /** The conditions decided so far in this run. A condition that is still being decided is undefined. */
  readonly conditions: Map<string, boolean | undefined>;
  readonly deciding: Set<string>;
  /** What the values of this run depend on. */
  readonly usedConditions: Map<string, Circumstance>;
  readonly usedParameters: Map<string, Circumstance>;
  /** The names of the template's aliases. One that is still being resolved is undefined. */
  readonly aliases: Map<string, string | undefined>;
  /** The functions that CloudFormation cannot resolve, so a deployment with the values of this run fails. */
  readonly failures: Set<string>;
  readonly evaluate: (node: Json, at: DocumentPath, evaluation: Evaluation) => Value;
}
