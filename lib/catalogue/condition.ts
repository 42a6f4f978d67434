import type { Page } from "./pages/pages.ts";

/**
 * A condition on a request. Its path has the form of a setting's path (`vocabulary.ts`). If both begin with the same
 * lists (`A[].B[]`), the condition applies to the same elements as the setting.
 */
export type Condition = {
  readonly path: string;
  /** The reason if the condition is false. The default names the condition itself. */
  readonly otherwise?: NotApplicable;
  /** AWS's page for the condition, if it is not the page of the operation or the setting. */
  readonly page?: Page;
} & (
  | { readonly is: "present" }
  | { readonly is: "equals"; readonly value: string | boolean }
  | { readonly is: "not"; readonly value: string | boolean }
  /** True unless the list has elements and every one of them has the member. */
  | { readonly is: "lacking-in-some" }
);

/** The reasons for "not applicable" that a condition itself does not give (`Reason` has all reasons). */
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
