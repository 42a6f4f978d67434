import type { Action } from "./action.ts";

/**
 * Tags the resource with the verdict. A repeated AddTags changes only the time in `keyward:checked`. After a throttled
 * or unanswered AddTags, the event is delivered again. A resource without a known ARN cannot be tagged; its event goes
 * to the dead-letter queue.
 */
export const tag: Action<"tag"> = {
  perform: ({ order }, { ports }) => ports.tag(order),
  permissions: { on: "kinds", operations: ({ taggable }) => (taggable === false ? [] : ["AddTags"]) },
};
