import type { Action } from "./action.ts";

/**
 * Stops the resource, or its parent. The action is final when the resource is stopped, has ended or no longer exists.
 * While the resource cannot be stopped yet (`deferred`), the event is delivered again; the stop keeps its slot.
 */
export const stop: Action<"stop"> = {
  perform: ({ order }, { ports }) => ports.stop(order),
  permissions: {
    on: "kinds",
    operations: ({ kind, stop: stopping }) => [
      ...(stopping ? [stopping.operation] : []),
      // This ends the warm pool that a stopped job would keep.
      ...(kind === "training-job" ? ["UpdateTrainingJob"] : []),
    ],
  },
};
