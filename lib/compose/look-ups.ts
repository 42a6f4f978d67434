import { createBuckets } from "../aws/buckets.ts";
import { createKeys } from "../aws/kms.ts";
import { createSageMaker, type SageMaker } from "../aws/sagemaker.ts";
import type { Target } from "../aws/target.ts";
import type { LookUp } from "../core/model/look-up.ts";
import { type Answered, cached } from "../enforce/judge/cache.ts";
import type { Policy } from "../policy/schema.ts";

export interface LookUpOptions {
  readonly policy: Policy;
  /** The target of all calls, without the Region: each look-up has its own Region. */
  readonly target: Omit<Target, "region">;
  readonly now: () => Date;
}

/** Sends each look-up to the service that has the answer, and caches the answer for the policy's time. */
export function createLookUps(
  { policy, target, now }: LookUpOptions,
  sagemaker: (region: string) => SageMaker = perRegion(target, createSageMaker),
): (lookUp: LookUp) => Promise<Answered> {
  const keys = perRegion(target, createKeys);
  const buckets = perRegion(target, createBuckets);
  return cached(policy["look-ups"]["remember-minutes"] * 60_000, now, (lookUp) => {
    const { account, region } = lookUp;
    switch (lookUp.ask) {
      case "key":
        return keys(region)(lookUp.key, lookUp.and, account);
      case "bucket":
        return buckets(region)(lookUp.bucket);
      case "describe":
        return sagemaker(region).describe(lookUp.operation, lookUp.input);
      case "steps":
        return sagemaker(region).steps(lookUp.execution);
      default:
        return lookUp satisfies never;
    }
  });
}

/** One client per Region, created when it is first needed. */
export function perRegion<T>(target: Omit<Target, "region">, create: (target: Target) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const one = made.get(region) ?? create({ ...target, region });
    made.set(region, one);
    return one;
  };
}
