import type { Outcome, SettingVerdict, Verdict } from "../model/types.ts";
import type { Need } from "./needs.ts";
import type { Counts, Group, Report } from "./report.ts";
import type { CountedCall } from "./tally-calls.ts";
import { isoWeek } from "./week.ts";

/** The facts that calls are counted by. Calls of one profile, principal and hour are the same for all sums of a report. */
export interface Profile {
  readonly verdict: Verdict;
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  readonly settings: readonly Pick<SettingVerdict, "path" | "protects" | "is">[];
  readonly actions: readonly Pick<Outcome, "do" | "outcome">[];
  /** The operation, where the catalogue does not know it. */
  readonly unknown?: string;
  readonly exemptions?: readonly string[];
  /** What an undetermined call lacks. */
  readonly needs?: readonly Need[];
}

type Tallies = Map<string, number>;
type GroupName = keyof Report["by"];

export interface Sums {
  readonly profiles: Map<string, Profile>;
  readonly by: Readonly<Record<GroupName, Map<string, Record<Verdict, number>>>>;
  readonly all: Record<Verdict, number>;
  readonly settings: Tallies;
  readonly actions: Tallies;
  readonly unknown: Tallies;
  readonly exemptions: Tallies;
  readonly needs: Tallies;
  /** Stops by account, Region and clock hour, as the limiter counts them. */
  readonly stops: Tallies;
}

const none = (): Record<Verdict, number> => ({
  compliant: 0,
  "non-compliant": 0,
  undetermined: 0,
  exempt: 0,
  ignored: 0,
  malformed: 0,
});

export const createSums = (): Sums => ({
  profiles: new Map(),
  by: { kind: new Map(), account: new Map(), region: new Map(), principal: new Map(), week: new Map() },
  all: none(),
  settings: new Map(),
  actions: new Map(),
  unknown: new Map(),
  exemptions: new Map(),
  needs: new Map(),
  stops: new Map(),
});

export function sum(sums: Sums, { profile: text, principal, hour }: CountedCall): void {
  const profile = parsed(sums, text);
  const { verdict, kind, account, region, settings, actions } = profile;
  sums.all[verdict]++;
  const names: Readonly<Record<GroupName, string>> = { kind, account, region, principal, week: isoWeek(hour) };
  for (const group of Object.keys(names) as GroupName[]) countIn(sums.by[group], names[group], verdict);
  for (const { path, protects, is } of settings) count(sums.settings, JSON.stringify([kind, path, protects, is]));
  for (const { do: name, outcome } of actions) {
    count(sums.actions, JSON.stringify([name, outcome]));
    if (name === "stop" && outcome === "planned") count(sums.stops, `${account} ${region} ${hour}`);
  }
  if (profile.unknown !== undefined) count(sums.unknown, profile.unknown);
  for (const name of profile.exemptions ?? []) count(sums.exemptions, name);
  if (profile.needs) count(sums.needs, JSON.stringify(profile.needs));
}

function parsed({ profiles }: Sums, text: string): Profile {
  const known = profiles.get(text);
  if (known) return known;
  const profile: Profile = JSON.parse(text);
  profiles.set(text, profile);
  return profile;
}

const count = (tallies: Tallies, name: string): unknown => tallies.set(name, (tallies.get(name) ?? 0) + 1);

function countIn(groups: Map<string, Record<Verdict, number>>, name: string, verdict: Verdict): void {
  const counts = groups.get(name) ?? none();
  counts[verdict]++;
  groups.set(name, counts);
}

/** The sums as members of a report: weeks by time, everything else with the most first. */
export function summed(sums: Sums): Pick<Report, "verdicts" | "by" | "settings" | "actions" | "unknownOperations"> {
  const { kind, account, region, principal, week } = sums.by;
  return {
    verdicts: sums.all,
    by: {
      kind: worstFirst(kind),
      account: worstFirst(account),
      region: worstFirst(region),
      principal: worstFirst(principal),
      week: groupsOf(week).sort((a, b) => compare(a.name, b.name)),
    },
    settings: mostFirst(sums.settings).map(([text, count]) => {
      const [kind, path, protects, is] = JSON.parse(text);
      return { kind, path, protects, is, count };
    }),
    actions: mostFirst(sums.actions).map(([text, count]) => {
      const [name, outcome] = JSON.parse(text);
      return { do: name, outcome, count };
    }),
    unknownOperations: mostFirst(sums.unknown).map(([operation, count]) => ({ operation, count })),
  };
}

/** How far the stops of each account, Region and clock hour exceed the policy's limit. */
export function limitOf(stops: Tallies, stopsPerHour: number): Report["limit"] {
  const over = [...stops.values()].map((many) => many - stopsPerHour).filter((many) => many > 0);
  return { stopsPerHour, hoursOver: over.length, waiting: over.reduce((all, many) => all + many, 0) };
}

const groupsOf = (groups: ReadonlyMap<string, Counts>): Group[] =>
  [...groups].map(([name, verdicts]) => ({ name, verdicts }));

const total = ({ verdicts }: Group): number => Object.values(verdicts).reduce((all, many) => all + many, 0);

const worstFirst = (groups: ReadonlyMap<string, Counts>): Group[] =>
  groupsOf(groups).sort(
    (a, b) =>
      b.verdicts["non-compliant"] - a.verdicts["non-compliant"] || total(b) - total(a) || compare(a.name, b.name),
  );

const mostFirst = (tallies: Tallies): [string, number][] =>
  [...tallies].sort(([a, many], [b, more]) => more - many || compare(a, b));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
