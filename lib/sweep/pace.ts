import type { Policy } from "../policy/schema.ts";
import type { Ports } from "../ports/ports.ts";

/** Limits the rate of calls, so that a sweep leaves most of the account's quotas to its users. */
export interface Pace {
  /** Each List operation has a quota of its own. */
  list(operation: string): Promise<void>;
  describe(): Promise<void>;
}

/** Makes each call wait for its turn, at the rates in the policy's limits. */
export function createPace({ now, wait, policy }: Pick<Ports, "now" | "wait"> & { readonly policy: Policy }): Pace {
  const free = new Map<string, number>();
  const turn = async (operation: string, perSecond: number) => {
    const at = Math.max(now().getTime(), free.get(operation) ?? 0);
    free.set(operation, at + 1000 / perSecond);
    const ms = at - now().getTime();
    if (ms > 0) await wait(ms);
  };
  return {
    list: (operation) => turn(operation, policy.limits["lists-per-second"]),
    describe: () => turn("describe", policy.limits["describes-per-second"]),
  };
}
