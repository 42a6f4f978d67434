import type { Action } from "./action.ts";

/**
 * Tags the resource with the verdict. A repeated AddTags changes nothing but the time of `keyward:checked`. A throttled or
 * unanswered one comes back; a resource whose ARN nobody knows cannot be tagged and goes to the dead-letter queue.
 */
export const tag: Action<"tag"> = {
  perform: ({ order }, { ports }) => ports.tag(order),
  permissions: { on: "kinds", operations: ({ taggable }) => (taggable === false ? [] : ["AddTags"]) },
};
