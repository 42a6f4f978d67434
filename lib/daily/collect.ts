import type { Entry } from "../enforce/store/entry.ts";
import type { Unavailable } from "../ports/store.ts";
import { type Day, type DueMail, dayKey, daysBefore } from "./day.ts";
import type { DailyPorts } from "./ports.ts";

/** An event may be handled days after its call. A run looks back so many days for entries that no mail was about. */
export const LOOK_BACK_DAYS = 3;
const READS_AT_ONCE = 16;

/** The mails about a day, and about the days before it: none is about an entry that another day's mail is about. */
export async function collect(date: string, ports: DailyPorts): Promise<readonly DueMail[] | Unavailable> {
  const known = new Set<string>();
  for (let back = 1; back < LOOK_BACK_DAYS; back++) {
    const found = await ports.store.read(dayKey(daysBefore(date, back)));
    if (found.is === "unavailable") return found;
    if (found.is === "found")
      for (const { entries } of (found.value as Day).mails) entries.map((key) => known.add(key));
  }
  const keys: string[] = [];
  for (let back = 0; back < LOOK_BACK_DAYS; back++) {
    const listed = await ports.list(prefixOf(daysBefore(date, back), ports));
    if (listed.is === "unavailable") return listed;
    keys.push(...listed.keys.filter((key) => !known.has(key)));
  }
  const entries = await readEntries(keys, ports);
  if ("is" in entries) return entries;
  const oldest = prefixOf(daysBefore(date, LOOK_BACK_DAYS - 1), ports);
  // An entry that is not finished is left for the next run, as long as there is one that looks at it.
  const due = entries.filter(({ key, entry }) => entry.state === "closed" || key.startsWith(oldest));
  return mailsOf(due);
}

/** The ledger's entries of one day, in the stack's account and Region. */
export const prefixOf = (date: string, { account, region }: Pick<DailyPorts, "account" | "region">): string =>
  `ledger/account=${account}/region=${region}/date=${date}/`;

export interface KeyedEntry {
  readonly key: string;
  readonly entry: Entry;
}

/** Reads entries, a few at once. One that is not there any more is left out. */
export async function readEntries(
  keys: readonly string[],
  { store }: Pick<DailyPorts, "store">,
): Promise<readonly KeyedEntry[] | Unavailable> {
  const entries: KeyedEntry[] = [];
  for (let i = 0; i < keys.length; i += READS_AT_ONCE) {
    const some = keys.slice(i, i + READS_AT_ONCE);
    const read = await Promise.all(some.map(async (key) => ({ key, found: await store.read(key) })));
    for (const { key, found } of read) {
      if (found.is === "unavailable") return found;
      if (found.is === "found") entries.push({ key, entry: found.value as Entry });
    }
  }
  return entries;
}

function mailsOf(entries: readonly KeyedEntry[]): DueMail[] {
  const topics = new Map<string, DueMail>();
  for (const { key, entry } of entries) {
    for (const { kind, to } of mailsAbout(entry)) {
      const id = JSON.stringify([kind, to]);
      const before = topics.get(id)?.entries ?? [];
      topics.set(id, { kind, to, entries: [...before, key], attempts: 0, state: "due" });
    }
  }
  return [...topics.values()];
}

/** An entry is for the digest where its notice is, and for the summary where only the mode kept Keyward from acting. */
function mailsAbout({ actions }: Entry): Pick<DueMail, "kind" | "to">[] {
  const digest = actions.find(({ code }) => code === "in-digest");
  const to = typeof digest?.facts?.to === "string" ? digest.facts.to : null;
  return [
    ...(digest ? [{ kind: "digest", to } as const] : []),
    ...(actions.some(({ code }) => code === "observe-mode") ? [{ kind: "summary", to: null } as const] : []),
  ];
}
