import type { Page } from "./pages/pages.ts";

/**
 * A condition on a request. Its path is as in a setting (`vocabulary.ts`).
 * A condition whose path shares `[]` prefixes with its setting's path applies to the same elements.
 */
export type Condition = {
  readonly path: string;
  /** Why the setting does not apply where the condition does not hold; the default is made from the condition. */
  readonly otherwise?: NotApplicable;
  /** AWS's page that says so, where it is not that of the operation or the setting. */
  readonly page?: Page;
} & (
  | { readonly is: "present" }
  | { readonly is: "equals"; readonly value: string | boolean }
  | { readonly is: "not"; readonly value: string | boolean }
  /** True unless the list has elements and every one of them has the member. */
  | { readonly is: "lacking-in-some" }
);

/** Reasons why a setting does not apply that cannot be made from a condition (`Reason` has all reasons). */
export type NotApplicable =
  /** Every variant is serverless and has no volume. */
  | { readonly code: "serverless" }
  | { readonly code: "serverless-job"; readonly lacks: "volume" | "nodes of its own" }
  | { readonly code: "no-s3-output" }
  | { readonly code: "cluster-not-continuous" }
  | { readonly code: "restricted-instance-group" }
  | { readonly code: "deprecated-member"; readonly replacement: string };

/** SageMaker's behaviour without a key (Developer Guide, "Protect Data at Rest Using Encryption"). */
export type Without =
  | "transient-key"
  | "notebook-system-managed-key"
  | "aws-managed-s3"
  | "undocumented-s3"
  | "s3-managed-key"
  | "aws-owned-key"
  | "aws-managed-key"
  | "studio-default"
  | "undocumented"
  | "plaintext-between-nodes";
