import type { JsonObject } from "../core/model/types.ts";

/** One resource of the embedded SageMaker. */
export interface LocalResource {
  readonly kind: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** What Describe's input names it by. */
  readonly id: Readonly<Record<string, string>>;
  /** The request that it was made by, in API spelling. */
  body: JsonObject;
  status: string;
  readonly tags: Map<string, string>;
  readonly createdAt: Date;
  warmPool: boolean;
  /** Counts its moves, so that one under way ends when another begins. */
  moves: number;
}
