import { aws } from "./command.ts";
import type { Wording } from "./wording.ts";

/** What happened lately: events, messages, sweeps. */
export const activityWords = {
  "last-event": ({ at }) => ({ found: `an event was handled at ${minute(at)}` }),
  "no-event-yet": ({ days }) => ({
    found: `no event was handled in the last ${days} days`,
    todo: `normal for a new installation; else ${TRY}`,
  }),
  silent: ({ at, days }) => ({ found: `the last event was handled at ${minute(at)}, ${days} days ago`, todo: TRY }),
  "not-handled": ({ matched, handled }) => ({
    found: `a rule matched an event at ${minute(matched)}, and the function has handled ${handled ? `none since ${minute(handled)}` : "none"}`,
    todo: "see the checks delivery, function and queues, and the function's log",
  }),
  "queue-empty": ({ waiting }) => ({
    found:
      waiting === 0 ? "no message waits, and there are no dead letters" : `${waiting} in the queue, no dead letters`,
  }),
  "queue-slow": ({ minutes, waiting }) => ({
    found: `the oldest of ${waiting} messages in the queue has waited for ${minutes} minutes`,
    todo: "see the checks function and permissions, and the function's log",
  }),
  "dead-letters": ({ count, url, arn }, at) => ({
    found: `${count} message${count === 1 ? "" : "s"} in the dead-letter queue`,
    todo: `read the reason: ${aws(at, "sqs receive-message --message-attribute-names All --queue-url", url)}; when it is corrected: ${aws(at, "sqs start-message-move-task --source-arn", arn)}`,
  }),

  "sweep-scheduled": ({ at }) => ({
    found: at ? `scheduled; it ran at ${minute(at)}` : "scheduled; it has not run yet",
  }),
  "daily-scheduled": () => ({ found: "scheduled" }),
  "schedule-state": ({ schedule, state }) => ({
    found: `schedule ${schedule} is ${state}, so it starts nothing`,
    todo: `enable it in the console: EventBridge Scheduler, schedule ${schedule}`,
  }),
  "schedule-target": ({ schedule, target }) => ({
    found: `schedule ${schedule} starts ${target}, not its own function`,
    todo: `set its target in the console: EventBridge Scheduler, schedule ${schedule}`,
  }),
  "sweep-late": ({ at, hours }, place) => ({
    found: `the sweep has not run in the last ${hours} hours${at ? `; it ran at ${minute(at)}` : ""}`,
    todo: `see the role of the schedule, ScheduleRole of stack ${place.stack}, and the log of the sweep`,
  }),
} satisfies Partial<Wording>;

const TRY = "run keyward canary --real with the same --stack: it makes a harmless call that the trail must deliver";

/** Metrics have no seconds. */
const minute = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`;
