import type { Reason } from "../../../core/model/reason.ts";
import type { DocumentPath } from "../../model/document-path.ts";

/** A key that the template creates: the name that the request has for it, and the template's text. */
export interface OwnKey {
  readonly name: string;
  readonly written: string;
}

/** A part of a template after its functions were applied. `at` is where it stands in the document. */
export type Value = { readonly at: DocumentPath } & (
  | {
      readonly is: "scalar";
      readonly value: string | number | boolean | null;
      /** The template's own keys in the text. */
      readonly keys?: readonly OwnKey[];
      /** The value that `Fn::ToJsonString` made the text of. */
      readonly inside?: Value;
    }
  | { readonly is: "list"; readonly elements: readonly Value[] }
  | { readonly is: "object"; readonly members: ReadonlyMap<string, Value> }
  /** `!Ref AWS::NoValue`: the member or the element is not there. */
  | { readonly is: "absent" }
  | UnresolvedValue
);

/** A value that is not known before the deployment. */
export interface UnresolvedValue {
  readonly is: "unresolved";
  readonly at: DocumentPath;
  /** What the request has in its place. */
  readonly text: string;
  /** The function or reference, in YAML's short form. */
  readonly expression: string;
  readonly reason: Reason;
  readonly keys?: readonly OwnKey[];
  readonly inside?: Value;
  /** The value is a parameter's, and none of these. */
  readonly noneOf?: readonly string[];
  /** Only the account of an alias is unresolved, so an entry of the policy's lists can still decide. */
  readonly isListable?: true;
}

export const unresolved = (at: DocumentPath, expression: string, reason: Reason): UnresolvedValue => ({
  is: "unresolved",
  at,
  text: expression,
  expression,
  reason,
});
