import type { JsonObject } from "../core/model/json.ts";

/** One resource of the embedded SageMaker. */
export interface LocalResource {
  readonly kind: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** The members of Describe's input that identify the resource. */
  readonly id: Readonly<Record<string, string>>;
  /** The request that created the resource, in API spelling. */
  body: JsonObject;
  status: string;
  readonly tags: Map<string, string>;
  readonly createdAt: Date;
  /** The resource keeps its instances, or will keep them when it has ended. */
  warmPool: boolean;
  /** How the warm pool ended. */
  poolEnd?: "Reused" | "Terminated";
  /** Counts the status changes, so that a new change cancels the planned ones. */
  moves: number;
}
