import type { Action } from "./action.ts";

/**
 * Stops the resource, or its parent. Final when it is stopped, had ended or is gone; it comes back while the resource
 * cannot be stopped yet (`deferred`), and keeps its slot until then.
 */
export const stop: Action<"stop"> = {
  perform: ({ order }, { ports }) => ports.stop(order),
  permissions: {
    on: "kinds",
    operations: ({ kind, stop: stopping }) => [
      ...(stopping ? [stopping.operation] : []),
      // Ends the warm pool that a stopped job would keep.
      ...(kind === "training-job" ? ["UpdateTrainingJob"] : []),
    ],
  },
};
