import { createHash } from "node:crypto";
import { defined } from "../../core/model/defined.ts";
import type { Cause } from "../../core/plan/cause-of.ts";
import type { Causes, MailedBefore, MailTurn } from "../../ports/causes.ts";
import type { Store, Unavailable } from "../../ports/store.ts";

/** What is known of a cause, as it is stored. */
interface Note {
  readonly cause: Pick<Cause, "account" | "region" | "kind" | "name">;
  /** The first event of the cause. */
  readonly first: string;
  /** What the mails said is not under an accepted key. */
  readonly things: readonly string[];
  /** The event of the last mail, and when; `null` where no mail has gone out yet. */
  readonly by: string | null;
  readonly mailed: string | null;
  /** When a mail last said that something was stopped. */
  readonly stopMailed: string | null;
  /** Events since the last mail. */
  readonly count: number;
  /** The last of those, so that an event which comes again is not counted again. */
  readonly counted: readonly string[];
  /** All that as it was before `by` took its turn. */
  readonly before?: Before;
}

type Before = Pick<Note, "by" | "mailed" | "stopMailed" | "count" | "counted">;

export interface CausesOptions {
  readonly store: Store;
  readonly remindAfterDays: number;
  readonly now: () => Date;
  /** Waits for so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}

const HOUR_MS = 3_600_000;
/** A stop is mailed unless another of the same cause was mailed so shortly before: the user of a notebook has to know. */
const STOP_MAIL_AFTER_HOURS = 12;
/** More than the events of one cause that can be between a crash and the next delivery. */
const COUNTED_KEPT = 100;
/** So often a turn is tried for while other events of the cause are faster. */
const TRIES = 4;
const PAUSE_MS = 100;

/** Notes about causes in the store, by conditional writes: of events at the same time one has the mail. */
export function createCauses(options: CausesOptions): Causes {
  return {
    take: (cause, eventID, stops) => take(cause, eventID, stops, options),
    noteMail: (cause, eventID, stops) => noteMail(cause, eventID, stops, options),
    giveBack: (cause, eventID) => giveBack(cause, eventID, options),
  };
}

async function take(cause: Cause, eventID: string, stops: boolean, options: CausesOptions): Promise<MailTurn> {
  const { store, wait, now } = options;
  const key = keyOf(cause);
  let unread: Unavailable | undefined;
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried > 0) await wait(PAUSE_MS * tried);
    const read = await store.read(key);
    unread = read.is === "unavailable" ? read : undefined;
    // S3 denies a role that may not list to read what is not there (GetObject, API Reference): `create` finds out.
    if (unread && unread.reason.code !== "aws-denied") return unread;
    const note = read.is === "found" ? (read.value as Note) : undefined;
    if (note?.by === eventID) return mailTurn(note);
    if (note?.counted.includes(eventID)) return countedTurn(note);
    const mails = !note || isDue(note, cause, stops, options);
    const next = mails ? mailedBy({ eventID, cause, stops, at: now() }, note) : countedWith(eventID, note);
    const written = read.is === "found" ? await store.replace(key, next, read.etag) : await store.create(key, next);
    if (written.is === "unavailable") return written;
    if (written.is === "written") return mails ? mailTurn(next) : countedTurn(next);
  }
  return unread ?? { is: "busy" };
}

/** Something new is wrong, no mail went out, or the last one was long ago. */
function isDue(note: Note, { things }: Cause, stops: boolean, { remindAfterDays, now }: CausesOptions): boolean {
  if (note.mailed === null || !things.every((thing) => note.things.includes(thing))) return true;
  const hoursSince = (at: string) => (now().getTime() - Date.parse(at)) / HOUR_MS;
  if (stops && (note.stopMailed === null || hoursSince(note.stopMailed) >= STOP_MAIL_AFTER_HOURS)) return true;
  return hoursSince(note.mailed) >= remindAfterDays * 24;
}

interface MailOf {
  readonly eventID: string;
  readonly cause: Cause;
  readonly stops: boolean;
  readonly at: Date;
}

function mailedBy({ eventID, cause, stops, at }: MailOf, note: Note | undefined): Note {
  const { account, region, kind, name, things } = cause;
  return {
    cause: { account, region, kind, name },
    first: note?.first ?? eventID,
    things: [...new Set([...(note?.things ?? []), ...things])].sort(),
    by: eventID,
    mailed: at.toISOString(),
    stopMailed: stops ? at.toISOString() : (note?.stopMailed ?? null),
    count: 0,
    counted: [],
    ...defined({ before: note && beforeOf(note) }),
  };
}

const beforeOf = ({ by, mailed, stopMailed, count, counted }: Note): Before => ({
  by,
  mailed,
  stopMailed,
  count,
  counted,
});

const countedWith = (eventID: string, note: Note): Note => ({
  ...note,
  count: note.count + 1,
  counted: [...note.counted, eventID].slice(-COUNTED_KEPT),
});

function mailTurn({ before }: Note): MailTurn {
  const since: MailedBefore | undefined =
    before && before.mailed !== null ? { mailed: before.mailed, events: before.count + 1 } : undefined;
  return { is: "mail", ...defined({ since }) };
}

const countedTurn = ({ by, count }: Note): MailTurn => ({ is: "counted", eventID: by ?? "", count });

/** A failure is no harm: then the next event of the cause is mailed. */
async function noteMail(cause: Cause, eventID: string, stops: boolean, { store, now }: CausesOptions): Promise<void> {
  const key = keyOf(cause);
  const note = mailedBy({ eventID, cause, stops, at: now() }, undefined);
  if ((await store.create(key, note)).is !== "refused") return;
  const read = await store.read(key);
  if (read.is === "found") await store.replace(key, note, read.etag);
}

/** A failure is no harm either: the event comes back with its turn, or a reminder follows. */
async function giveBack(cause: Cause, eventID: string, { store }: CausesOptions): Promise<void> {
  const key = keyOf(cause);
  const read = await store.read(key);
  if (read.is !== "found") return;
  const { before = NOT_MAILED, ...note } = read.value as Note;
  if (note.by === eventID) await store.replace(key, { ...note, ...before }, read.etag);
}

const NOT_MAILED: Before = { by: null, mailed: null, stopMailed: null, count: 0, counted: [] };

/** Names in ARNs may have lost their case. */
function keyOf({ account, region, kind, name }: Cause): string {
  const id = JSON.stringify([account, region, kind, name.toLowerCase()]);
  return `causes/${createHash("sha256").update(id).digest("hex").slice(0, 32)}.json`;
}
