import type { Mutant } from "./mutant.ts";
import { actionMutants } from "./table/actions.ts";
import { adapterMutants } from "./table/adapters.ts";
import { batchMutants } from "./table/batches.ts";
import { dailyMutants } from "./table/daily.ts";
import { ledgerMutants } from "./table/ledger.ts";
import { limiterMutants } from "./table/limiter.ts";
import { noticeMutants } from "./table/notices.ts";

/** Every deliberate bug in the enforcement path (docs/mutants.md). */
export const mutants: readonly Mutant[] = [
  ...ledgerMutants,
  ...limiterMutants,
  ...noticeMutants,
  ...actionMutants,
  ...batchMutants,
  ...adapterMutants,
  ...dailyMutants,
];
