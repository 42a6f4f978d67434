import { CANARY_DETAIL_TYPE, CANARY_SOURCE } from "../core/model/canary.ts";
import type { Reason } from "../core/model/reason.ts";
import { type Failure, failureOf, isNotFound } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

export type Sent = { readonly is: "sent" } | { readonly is: "failed"; readonly reason: Reason };

/** Sends a canary for one stack to the default event bus. `stack`: its name, by which its rule picks its own canaries. */
export async function sendCanary(target: Target, stack: string, id: string): Promise<Sent> {
  const { EventBridgeClient, PutEventsCommand } = await import("./canary-commands.ts");
  const Entry = { Source: CANARY_SOURCE, DetailType: CANARY_DETAIL_TYPE, Detail: JSON.stringify({ stack, id }) };
  try {
    const { Entries = [] } = await new EventBridgeClient(clientOptions(target)).send(
      new PutEventsCommand({ Entries: [Entry] }),
    );
    const [{ EventId, ErrorCode = "no EventId", ErrorMessage = "" } = {}] = Entries;
    if (EventId) return { is: "sent" };
    return { is: "failed", reason: { code: "aws-failed", error: ErrorCode, message: ErrorMessage } };
  } catch (error) {
    return { is: "failed", reason: failureOf(error).reason };
  }
}

/** `failed`: why the creation is not certain. `left`: why the resource could not be deleted again. */
export interface CanaryCall {
  readonly failed: Reason | undefined;
  readonly left: Reason | undefined;
}

/**
 * Creates a notebook lifecycle configuration without a script, and deletes it at once: CloudTrail has recorded the call,
 * and Keyward does not need the resource. A creation without an answer may have been done, so it is deleted too. The SDK
 * does not repeat it: the second answer would be that it exists, and that it was created would not be known.
 */
export async function makeCanaryCall(target: Target, name: string): Promise<CanaryCall> {
  const sdk = await import("./canary-commands.ts");
  const once = new sdk.SageMakerClient({ ...clientOptions(target), maxAttempts: 1 });
  const client = new sdk.SageMakerClient(clientOptions(target));
  const input = { NotebookInstanceLifecycleConfigName: name };
  const failed = await failureIn(() => once.send(new sdk.CreateNotebookInstanceLifecycleConfigCommand(input)));
  if (failed && !mayBeDone(failed)) return { failed: failed.reason, left: undefined };
  const left = await failureIn(() => client.send(new sdk.DeleteNotebookInstanceLifecycleConfigCommand(input)));
  return { failed: failed?.reason, left: left?.reason };
}

const mayBeDone = (failure: Failure): boolean => failure.is === "failed" && failure.reason.code !== "aws-failed";

/** That it is not there is no failure: the SDK may have repeated a deletion. */
async function failureIn(run: () => Promise<unknown>): Promise<Failure | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return isNotFound(error) ? undefined : failureOf(error);
  }
}
