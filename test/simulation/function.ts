import type { Answer } from "../../lib/core/model/look-up.ts";
import { createAlarms } from "../../lib/enforce/store/alarms.ts";
import { createCauses } from "../../lib/enforce/store/causes.ts";
import { createLedger } from "../../lib/enforce/store/ledger.ts";
import { createLimiter } from "../../lib/enforce/store/limiter.ts";
import { createParents } from "../../lib/enforce/store/parents.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import type { Ports, QueuePorts, Result } from "../../lib/ports/ports.ts";
import type { Store, Unavailable, Written } from "../../lib/ports/store.ts";
import type { Random } from "../long/random.ts";
import type { Mode } from "./modes.ts";
import type { Outside } from "./outside.ts";
import type { Queue } from "./queue.ts";
import { type Journey, type Process, type Schedule, someMs } from "./schedule.ts";

type Service = "s3" | "sagemaker" | "sns" | "sqs";

/** Windows in which a service refuses everything. */
export interface Trouble {
  /** Whether the mode's faults still come; later, everything is well again. */
  comes(): boolean;
  isOut(service: Service): boolean;
  isDenied(): boolean;
}

export interface FunctionOptions {
  readonly mode: Mode;
  readonly random: Random;
  readonly schedule: Schedule;
  readonly outside: Outside;
  readonly queue: Queue;
  readonly deadLetters: (body: string) => void;
  readonly trouble: Trouble;
  readonly policy: Policy;
  /** Called with what happens; the text is made only if somebody reads it. */
  readonly trace: (line: () => string) => void;
  readonly recordFault: (error: unknown) => void;
  /** The store as the process sees it; a deliberate bug changes it. */
  readonly spoil?: (store: Store) => Store;
}

const TIMEOUT_MS = 15_000;
const THROTTLED = { code: "aws-throttled", error: "ThrottlingException", message: "Rate exceeded" } as const;
const UNANSWERED = { code: "aws-unanswered", error: "TimeoutError", message: "no answer" } as const;
const DENIED = { code: "aws-denied", error: "AccessDenied", message: "not allowed" } as const;

const refused = (): Unavailable => ({ is: "unavailable", reason: THROTTLED, retryable: true });
const unanswered = (): Unavailable => ({ is: "unavailable", reason: UNANSWERED, retryable: true });
const denied = (): Unavailable => ({ is: "unavailable", reason: DENIED, retryable: false });

/** The real function's ports in one process, whose every call to the outside the schedule decides about. */
export function portsOf(process: Process, options: FunctionOptions): Ports & { readonly queue: QueuePorts } {
  const { schedule, random, mode, outside, trouble, policy, trace } = options;
  const clock = clockOf(options);
  const often = (parts: number) => trouble.comes() && random.below(1000) < parts;

  /** One call: it may be throttled, unanswered, or followed by a kill or a freeze. */
  function call<T>(
    service: Service,
    name: string,
    effect: () => T,
    on: { throttled: () => T; lost: (result?: T) => T },
  ): Promise<T> {
    const journey: Journey = { there: someMs(random, 40), back: someMs(random, 40) + standStill() };
    const isLost = often(mode.lost);
    const run = () => {
      const result = trouble.isOut(service) || often(mode.throttled) ? on.throttled() : effect();
      trace(() => `${process.name} ${name}${isLost ? ", its answer is lost" : ""} → ${JSON.stringify(result)}`);
      return isLost ? on.lost(result) : result;
    };
    maybeKill(journey);
    if (!isLost) return schedule.call(process, journey, run, () => on.lost());
    const there = random.below(3) === 0 ? undefined : journey.there;
    return schedule.call(process, { there, back: journey.back + TIMEOUT_MS }, run, () => on.lost());
  }

  const standStill = () => (often(mode.freeze) ? random.below(360_000) : 0);

  function maybeKill({ there = 0, back }: Journey): void {
    if (!often(mode.kill)) return;
    schedule.after(random.below(there + back + 1), () => {
      if (!process.alive) return;
      trace(() => `${process.name} is killed`);
      process.alive = false;
      process.onKilled();
    });
  }

  const write = (name: string, effect: () => Written) =>
    call<Written>(
      "s3",
      name,
      () => (trouble.isDenied() ? denied() : often(mode.conflict) ? { is: "refused" } : effect()),
      {
        throttled: refused,
        // The SDK tries again by itself, and then finds its own write.
        lost: (result) => (result?.is === "written" && random.below(2) === 0 ? { is: "refused" } : unanswered()),
      },
    );
  const real: Store = {
    create: (key, value) => write(`create ${key}`, () => outside.store.create(key, value)),
    replace: (key, value, etag) => write(`replace ${key}`, () => outside.store.replace(key, value, etag)),
    read: (key) =>
      call("s3", `read ${key}`, () => (trouble.isDenied() ? denied() : outside.store.read(key)), {
        throttled: refused,
        lost: unanswered,
      }),
  };
  const store = options.spoil?.(real) ?? real;

  const action = (name: string, effect: () => Result, lost: (result?: Result) => Result) =>
    call("sagemaker", name, effect, {
      throttled: (): Result => ({ is: "failed", reason: THROTTLED, retryable: true }),
      lost,
    });
  const failedUnanswered = (): Result => ({ is: "failed", reason: UNANSWERED, retryable: true, unanswered: true });

  const stoppedBefore: Result = {
    is: "already-done",
    reason: { code: "not-running", status: "Stopping" },
    hadEffect: true,
  };

  const recordFault: Ports["recordFault"] = (_at, error) => options.recordFault(error);
  const wait = (ms: number) =>
    schedule.call(
      process,
      { there: ms, back: standStill() },
      () => {},
      () => {},
    );
  const publish = (effect: () => void) =>
    call<Result>(
      "sns",
      "publish",
      () => {
        effect();
        return mode.silentSns && trouble.comes() ? failedUnanswered() : { is: "done" };
      },
      { throttled: () => ({ is: "failed", reason: THROTTLED, retryable: true }), lost: failedUnanswered },
    );
  const stopsPerHour = policy.limits["stops-per-hour"];
  return {
    policy,
    policyVersion: "p",
    now: clock.now,
    elapsed: clock.elapsed,
    wait,
    ledger: createLedger({ store, policyVersion: "p", ...clock }),
    limiter: createLimiter({
      store,
      wait,
      stopsPerHour,
      stopsPerHourPerPrincipal: policy.limits["stops-per-hour-per-principal"] ?? Math.ceil(stopsPerHour / 2),
    }),
    parents: createParents(store, clock.now),
    causes: createCauses({ store, remindAfterDays: 7, now: clock.now, wait }),
    alarm: createAlarms({
      store,
      publish: (mail) => publish(() => outside.alarms.push(mail.attributes.action)),
      waiting: async () => undefined,
      where: { account: "111122223333", region: "us-east-1" },
      now: clock.now,
      recordFault,
    }),
    resolve: (lookUp) =>
      call<Answer>("sagemaker", `look up ${lookUp.ask}`, () => outside.describe(lookUp), {
        throttled: () => ({ is: "unknown", reason: THROTTLED, retryable: true }),
        lost: () => ({ is: "unknown", reason: UNANSWERED, retryable: true }),
      }),
    tag: ({ resource }) => action(`tag ${resource.name}`, () => ({ is: "done" }), failedUnanswered),
    stop: (order) =>
      action(
        `stop ${order.resource.name}`,
        () => outside.stop(order),
        // The SDK tries again by itself, and then finds what it has stopped.
        (result) => (result?.is === "done" && random.below(2) === 0 ? stoppedBefore : failedUnanswered()),
      ),
    notify: (mail) => {
      trace(() => `${process.name} publishes "${mail.subject}" ${mail.default}`);
      return publish(() => outside.publish(mail));
    },
    answerCanary: async () => {},
    record: () => {},
    recordFault,
    queue: {
      changeVisibility: (receipt, seconds) =>
        call("sqs", "change visibility", () => options.queue.changeVisibility(receipt, seconds), {
          throttled: () => {},
          lost: () => {},
        }),
      sendToDeadLetters: (body) =>
        call(
          "sqs",
          "send to the dead letters",
          () => {
            options.deadLetters(body);
            return true;
          },
          { throttled: () => false, lost: () => false },
        ),
    },
  };
}

/** A process's own clock: wrong by up to three hours, and set again now and then. */
function clockOf({ mode, random, schedule, trouble }: FunctionOptions) {
  let offset = mode.clocks ? random.below(3 * 3_600_000) - 1.5 * 3_600_000 : 0;
  return {
    now: () => {
      if (mode.clocks && trouble.comes() && random.below(50) === 0) offset = random.below(7_200_000) - 3_600_000;
      return new Date(schedule.now() + offset);
    },
    elapsed: () => schedule.now(),
  };
}
