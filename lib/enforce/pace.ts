import type { Ports } from "./ports.ts";

/** Spaces calls out, so that a sweep leaves the account's quotas to those who work there. */
export interface Pace {
  list(): Promise<void>;
  describe(): Promise<void>;
}

/** Below what SageMaker allows: ListTrainingJobs takes two a second (Service Quotas), the Describes more. */
const PER_SECOND = { list: 1.5, describe: 8 };

/** Lets each call wait for its turn. */
export function createPace({ now, wait }: Pick<Ports, "now" | "wait">, perSecond = PER_SECOND): Pace {
  const turn = (rate: number) => {
    let free = 0;
    return async () => {
      const at = Math.max(now().getTime(), free);
      free = at + 1000 / rate;
      const ms = at - now().getTime();
      if (ms > 0) await wait(ms);
    };
  };
  return { list: turn(perSecond.list), describe: turn(perSecond.describe) };
}
