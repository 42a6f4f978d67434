import { callerOf, stackOf } from "../aws/account.ts";
import { createS3Store } from "../aws/s3.ts";
import type { Target } from "../aws/target.ts";
import type { ControlStore } from "../control/change-control.ts";

export type { Failed, Stack } from "../aws/account.ts";

/** Who calls, and which stack is meant: what a command asks before it changes anything. */
export const account = { callerOf, stackOf };

/** The bucket that holds what is in force; `owner`, the account that must own it. */
export const controlStore = (target: Target, bucket: string, owner: string): ControlStore =>
  createS3Store(target, bucket, owner);
