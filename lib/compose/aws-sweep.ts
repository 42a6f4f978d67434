import { createLister } from "../aws/lister.ts";
import { createS3Store } from "../aws/s3.ts";
import type { Target } from "../aws/target.ts";
import type { Lister } from "../ports/lister.ts";
import { createCheckpoints } from "../sweep/checkpoint.ts";
import { findWatch, type Watch } from "../sweep/watch.ts";

/** Lists the resources in one account and Region of AWS. */
export const awsLister = (target: Target): Lister => createLister(target);

/** Stores the checkpoint of a Region's unfinished sweep in the ledger's bucket, which `account` must own. */
export const awsCheckpoints = (target: Target, ledgerBucket: string, account: string, now: () => Date) =>
  createCheckpoints(createS3Store(target, ledgerBucket, account), target.region, now);

/**
 * Since when the stack has acted on events, by the note in its ledger's bucket, which `account` must own. `stackId`: the
 * stack's ARN. `mode`: the mode in which it runs now.
 */
export const awsWatch = (target: Target, { ledgerBucket, account, stackId, mode }: AwsWatchOptions): Promise<Watch> =>
  findWatch(createS3Store(target, ledgerBucket, account), stackId, mode);

interface AwsWatchOptions {
  readonly ledgerBucket: string;
  readonly account: string;
  readonly stackId: string;
  readonly mode: string;
}
