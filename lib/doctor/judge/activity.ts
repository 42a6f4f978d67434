import type { Facts } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle, warning } from "../finding.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The metrics are read for so many days. */
export const DAYS = 14;
/** After so many days without an event the user is asked to test it. */
const SILENT_DAYS = 7;
/** An event is handled within seconds; its metric appears some minutes later, with the time of the period's begin. */
const HANDLED_WITHIN_MS = 30 * MINUTE_MS;
/** The alarm on the message age has the same limit (serverless.yml). */
const SLOW_SECONDS = 1_800;
/** Two runs, each with its window of 30 minutes (serverless.yml, SweepSchedule). */
const SWEEP_WITHIN_HOURS = 13;

/** When an event was handled last, and whether a later one matched and was not handled. */
export function judgeLastEvent({ activity, now }: Facts): readonly Finding[] {
  return settle(activity, ["metrics", "of Keyward"], ({ handled, matched }) => {
    const waited = matched && now.getTime() - matched.getTime() > HANDLED_WITHIN_MS;
    if (matched && waited && (!handled || matched.getTime() - handled.getTime() > HANDLED_WITHIN_MS)) {
      return [problem("not-handled", { matched, handled })];
    }
    if (!handled) return [warning("no-event-yet", { days: DAYS })];
    const days = Math.floor((now.getTime() - handled.getTime()) / DAY_MS);
    return [days >= SILENT_DAYS ? warning("silent", { at: handled, days }) : ok("last-event", { at: handled })];
  });
}

/** How many messages wait, for how long, and whether some were given up. */
export function judgeQueues({ queue, deadLetters, activity }: Facts): readonly Finding[] {
  const oldest = activity.is === "known" ? (activity.value.oldestSeconds ?? 0) : 0;
  const waiting = queue.is === "known" ? queue.value.waiting : 0;
  const findings = [
    ...settle(queue, ["queue", "of events"], () =>
      oldest > SLOW_SECONDS ? [problem("queue-slow", { minutes: Math.round(oldest / 60), waiting })] : [],
    ),
    ...settle(deadLetters, ["queue", "of dead letters"], ({ waiting: count, url, arn }) =>
      count > 0 ? [problem("dead-letters", { count, url, arn })] : [],
    ),
  ];
  return orElse(findings, ok("queue-empty", { waiting }));
}

/** The sweep's schedule is on, starts the sweep, and did so lately. */
export function judgeSweep(facts: Facts): readonly Finding[] {
  const settled = judgeSchedule(facts, "sweep");
  if (settled.length > 0) return settled;
  return settle(facts.activity, ["metrics", "of the sweep"], ({ swept }) => {
    const hours = SWEEP_WITHIN_HOURS;
    const updatedAt = facts.resources.find(({ id }) => id === SCHEDULES.sweep)?.updatedAt;
    const since = Math.max(swept?.getTime() ?? 0, updatedAt?.getTime() ?? 0);
    const isLate = facts.now.getTime() - since > hours * HOUR_MS;
    return [isLate ? problem("sweep-late", { at: swept, hours }) : ok("sweep-scheduled", { at: swept })];
  });
}

/** The schedule of the daily mails is on, and starts their function. */
export const judgeDaily = (facts: Facts): readonly Finding[] =>
  orElse(judgeSchedule(facts, "daily"), ok("daily-scheduled", {}));

/** The template's names of the schedules. */
const SCHEDULES = { sweep: "SweepSchedule", daily: "DailySchedule" } as const;

function judgeSchedule({ schedules, resources, functions }: Facts, of: keyof typeof SCHEDULES): readonly Finding[] {
  const schedule = resources.find(({ id }) => id === SCHEDULES[of])?.physicalId ?? "";
  const started = functions.find((one) => one.name.endsWith(`-${of}`))?.name;
  return settle(schedules[of], ["schedule", schedule], ({ state, target }) => [
    ...(state === "ENABLED" ? [] : [problem("schedule-state", { schedule, state })]),
    ...(started === undefined || target.endsWith(`:${started}`)
      ? []
      : [problem("schedule-target", { schedule, target })]),
  ]);
}
