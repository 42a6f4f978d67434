import { say } from "../../wording/reasons/say.ts";
import { aws, REDEPLOY } from "./command.ts";
import type { Wording } from "./wording.ts";

/** From the call to the function: trail, rules, policies, mapping. */
export const deliveryWords = {
  "not-known": ({ action, denied, reason }) =>
    denied
      ? { found: `the caller may not ${action}`, todo: `allow ${action} to the caller, and run doctor again` }
      : { found: `${action} was not answered (${say(reason)})`, todo: "run doctor again" },
  gone: ({ what, name }) => ({ found: `the ${what} ${name} does not exist`, todo: REDEPLOY }),
  "condition-open": ({ of, action }) => ({
    found: `whether the policy of the ${of} allows ${action} to EventBridge depends on a condition that cannot be decided here`,
    todo: "compare the policy with the one in docs/deploying.md, or test it with an event",
  }),

  "trail-logs": ({ trail }) => ({ found: `trail ${trail} logs SageMaker's write events here` }),
  "no-trail": (_, at) => ({
    found: `no trail logs management events in ${at.region}, so EventBridge gets no calls`,
    todo: "create a trail: aws cloudtrail create-trail --is-multi-region-trail --name NAME --s3-bucket-name BUCKET, then aws cloudtrail start-logging --name NAME",
  }),
  "trail-stopped": ({ trail }, at) => ({
    found: `trail ${trail} does not log`,
    todo: aws(at, "cloudtrail start-logging --name", trail),
  }),
  "trail-without-writes": ({ trail }, at) => ({
    found: `trail ${trail} does not log write management events`,
    todo: allEvents(trail, at),
  }),
  "trail-excludes": ({ trail }, at) => ({
    found: `trail ${trail} logs write events, but leaves out sagemaker.amazonaws.com`,
    todo: allEvents(trail, at),
  }),

  "rules-enabled": ({ count }) => ({ found: `${count} rules are enabled and have the queue as their target` }),
  "rule-disabled": ({ rule }, at) => ({
    found: `rule ${rule} is disabled`,
    todo: aws(at, "events enable-rule --name", rule),
  }),
  "target-missing": ({ rule, queue }, at) => ({
    found: `rule ${rule} does not have the queue as a target`,
    todo: aws(at, "events put-targets --rule", rule, "--targets", `Id=queue,Arn=${queue}`),
  }),

  "delivery-allowed": () => ({ found: "EventBridge may send to the queue and use its key" }),
  "queue-refuses": ({ queue, rules }) => ({
    found: `the policy of queue ${queue} does not let ${rules.join(", ")} send`,
    todo: `allow sqs:SendMessage to events.amazonaws.com with the rules' ARNs as aws:SourceArn, as resource QueuePolicy of the template does; ${REDEPLOY}`,
  }),
  "key-refuses": ({ key, actions }, at) => ({
    found: `the policy of key ${key} does not allow ${actions.join(" and ")} to events.amazonaws.com`,
    todo: `add statement EventsToQueue of the template to ${aws(at, "kms get-key-policy --policy-name default --key-id", key)}, and write it with aws kms put-key-policy`,
  }),
  "key-state": ({ key, state }, at) => ({
    found: `key ${key} is ${state}: the queue, the ledger and the topics cannot be used`,
    todo:
      state === "PendingDeletion"
        ? `${aws(at, "kms cancel-key-deletion --key-id", key)} && ${aws(at, "kms enable-key --key-id", key)}`
        : aws(at, "kms enable-key --key-id", key),
  }),

  "function-runs": () => ({ found: "the functions are active, and the mapping delivers" }),
  "mapping-state": ({ mapping, state }, at) => ({
    found: `the event source mapping is ${state}: the function gets no events`,
    todo: aws(at, "lambda update-event-source-mapping --enabled --uuid", mapping),
  }),
  "mapping-fails": ({ result }) => ({
    found: `the event source mapping cannot deliver (${result})`,
    todo: "see the function's log, and the checks of permissions and key below and above",
  }),
  "function-state": ({ function: name, state, because }, at) => ({
    found: `function ${name} is ${state}${because && ` (${because})`}`,
    todo: `wait if it is Pending; else deploy the stack again. ${aws(at, "lambda get-function-configuration --function-name", name)} says why`,
  }),
  "function-update": ({ function: name, because }) => ({
    found: `the last update of function ${name} failed${because && ` (${because})`}`,
    todo: "correct the cause, and deploy the stack again",
  }),
  "function-blocked": ({ function: name }, at) => ({
    found: `function ${name} has a reserved concurrency of 0: it never runs`,
    todo: aws(at, "lambda delete-function-concurrency --function-name", name),
  }),
} satisfies Partial<Wording>;

/** It replaces the trail's selectors, which may be there for other reasons. */
const allEvents = (trail: string, at: { readonly region: string }): string =>
  `look at its selectors (${aws(at, "cloudtrail get-event-selectors --trail-name", trail)}) and add write management events`;
