import { compare, coreVerdicts, shrink, type Verdicts } from "./compare.ts";
import { policies } from "./facts.ts";
import { type RandomCase, randomCase, walked } from "./random-case.ts";
import { type Rows, rows } from "./rows.ts";

export interface Disagreement {
  readonly operation: string;
  readonly seed: number;
  readonly policy: number;
  /** The verdicts about the smallest case that only one of the two has. */
  readonly onlyCore: readonly string[];
  readonly onlyOracle: readonly string[];
  readonly smallest: RandomCase;
}

export interface Agreement {
  readonly requests: number;
  readonly settings: number;
  /** The number of times that each verdict was given, by `operation protects` and verdict. */
  readonly verdicts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly disagreement?: Disagreement;
}

/** The parts of a run that can be replaced: the rows that the oracle reads, the core that is judged, the operations. */
export interface RunOptions {
  readonly from?: Rows;
  readonly core?: Verdicts;
  readonly operations?: readonly string[];
}

/** Makes cases of each operation in turn until the core and the oracle differ; request `i` has the seed `seed + i`. */
export function run(count: number, seed: number, options: RunOptions = {}): Agreement {
  const { from = rows, core = coreVerdicts, operations = walked } = options;
  const verdicts = new Map<string, Map<string, number>>();
  let settings = 0;
  for (let i = 0; i < count; i++) {
    const operation = operations[i % operations.length] ?? "";
    const policy = Math.floor(i / operations.length) % policies.length;
    const one = randomCase(operation, seed + i);
    const said: string[] = [];
    const noted: Verdicts = (each, by) => {
      const lines = core(each, by);
      if (each === one) said.push(...lines);
      return lines;
    };
    if (compare(one, policy, from, noted)) {
      const disagreement = smallestOf({ one, policy, seed: seed + i }, from, core);
      return { requests: i + 1, settings, verdicts, disagreement };
    }
    settings += said.length;
    for (const line of said) countVerdict(verdicts, operation, line);
  }
  return { requests: count, settings, verdicts };
}

function countVerdict(verdicts: Map<string, Map<string, number>>, operation: string, line: string): void {
  const [protects = "", , is = ""] = line.split(" ");
  const id = `${operation} ${protects}`;
  const counts = verdicts.get(id) ?? new Map<string, number>();
  verdicts.set(id, counts);
  counts.set(is, (counts.get(is) ?? 0) + 1);
}

function smallestOf(
  { one, policy, seed }: { readonly one: RandomCase; readonly policy: number; readonly seed: number },
  from: Rows,
  core: Verdicts,
): Disagreement {
  const smallest = shrink(one, (smaller) => compare(smaller, policy, from, core) !== undefined);
  const { onlyCore = [], onlyOracle = [] } = compare(smallest, policy, from, core) ?? {};
  return { operation: one.operation, seed, policy, onlyCore, onlyOracle, smallest };
}
