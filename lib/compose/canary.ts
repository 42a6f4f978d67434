import type { Stack } from "../aws/account.ts";
import { type CanaryCall, makeCanaryCall, type Sent, sendCanary } from "../aws/canary.ts";
import { createS3Store } from "../aws/s3.ts";
import { createQueues } from "../aws/sqs.ts";
import type { Read } from "../ports/store.ts";

export type { CanaryCall };

/** What `keyward canary` needs of an installation. */
export interface CanaryPorts {
  send(id: string): Promise<Sent>;
  /** Makes the real call with a resource of this name, and undoes it. */
  call(name: string): Promise<CanaryCall>;
  /** Reads an object of the ledger's bucket. */
  read(key: string): Promise<Read>;
  /** The approximate number of messages in the queue; undefined where it is not known. */
  waiting(): Promise<number | undefined>;
}

export function canaryPorts({ name, region, account, outputs }: Stack): CanaryPorts {
  const target = { region };
  const { LedgerBucket = "", QueueUrl = "", DeadLetterQueueUrl = "" } = outputs;
  const { read } = createS3Store(target, LedgerBucket, account);
  const { waiting } = createQueues(target, { queueUrl: QueueUrl, deadLettersUrl: DeadLetterQueueUrl });
  return { send: (id) => sendCanary(target, name, id), call: (one) => makeCanaryCall(target, one), read, waiting };
}
