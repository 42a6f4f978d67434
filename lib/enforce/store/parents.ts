import { createHash } from "node:crypto";
import { defined } from "../../core/model/defined.ts";
import type { ParentClaim, Parents } from "../../ports/parents.ts";
import type { Read, Store, Unavailable } from "../../ports/store.ts";

/** The note on a parent, as it is stored: the event that acts for it. */
interface Note {
  readonly arn: string;
  readonly eventID: string;
  /** When the event claimed the parent. */
  readonly at: string;
  /**
   * When the parent's run had ended: SageMaker accepted its Stop, or answered that it was not running. Or when the event
   * gave its stop up, so that a later event may try.
   */
  readonly ended?: string;
}

/** The attempts to write a note that other events write at the same time. */
const TRIES = 3;

/**
 * Claims on parents are objects in the store, one for each parent. The event that writes the object first has the
 * claim.
 *
 * A note belongs to one run of its parent. A parent that has been stopped starts nothing more, so an event that was made
 * after the end of the run belongs to a later run: the execution was retried, the schedule was started again. Such an event
 * takes the note over. An event from before the end belongs to the run that has ended, however late it is delivered. Both
 * cases are known without a look-up. A run cannot be stopped twice this way: until it is started again, SageMaker answers
 * that it is not running. While the stop of a run is still to be done, no other event takes the note over. A stop that was
 * given up (denied, failed for good) ends the note too: nobody could tell a later run from the same one without a look-up.
 */
export function createParents(store: Store, now: () => Date): Parents {
  return {
    claim: (arn, event) => claim(arn, event, { store, now }),
    release: (arn, eventID) => release(arn, eventID, { store, now }),
  };
}

interface Options {
  readonly store: Store;
  readonly now: () => Date;
}

type Event = Parameters<Parents["claim"]>[1];

async function claim(arn: string, event: Event, options: Options): ReturnType<Parents["claim"]> {
  const { store, now } = options;
  const key = keyOf(arn);
  const note: Note = { arn, eventID: event.eventID, at: now().toISOString() };
  const written = await store.create(key, note);
  if (written.is === "unavailable") return written;
  if (written.is === "written") return mine(key, note, written.etag, options);
  for (let tried = 0; tried < TRIES; tried++) {
    const read = await store.read(key);
    if (read.is === "unavailable") return read;
    const { eventID, ended, etag } = noteIn(read);
    if (read.is === "found" && eventID === event.eventID) return mine(key, read.value as Note, etag, options);
    if (eventID !== undefined && !isLaterRun(event, ended)) return { is: "other", eventID };
    const replaced = read.is === "found" ? await store.replace(key, note, etag) : await store.create(key, note);
    if (replaced.is === "unavailable") return replaced;
    if (replaced.is === "written") return mine(key, note, replaced.etag, options);
  }
  return BUSY;
}

/** Other events were faster each time. The event comes back, and finds which one has the claim. */
const BUSY: Unavailable = { is: "unavailable", reason: { code: "other-delivery" }, retryable: true };

function noteIn(read: Read): { readonly eventID?: string; readonly ended?: string; readonly etag: string } {
  if (read.is !== "found") return { etag: "" };
  const { eventID, ended } = (read.value ?? {}) as { readonly eventID?: unknown; readonly ended?: unknown };
  return {
    etag: read.etag,
    ...defined({
      eventID: typeof eventID === "string" ? eventID : undefined,
      ended: typeof ended === "string" ? ended : undefined,
    }),
  };
}

const isLaterRun = ({ eventTime }: Event, ended: string | undefined): boolean =>
  ended !== undefined && Date.parse(eventTime) > Date.parse(ended);

/** A lost write leaves the note without the end of its run. A second attempt is made for that. */
function mine(key: string, note: Note, etag: string, { store, now }: Options): ParentClaim {
  return {
    is: "mine",
    async noteEnd() {
      if (note.ended !== undefined) return;
      const next: Note = { ...note, ended: now().toISOString() };
      const written = await store.replace(key, next, etag);
      if (written.is === "unavailable" && written.retryable) await store.replace(key, next, etag);
    },
  };
}

async function release(arn: string, eventID: string, { store, now }: Options): Promise<boolean> {
  const key = keyOf(arn);
  const read = await store.read(key);
  if (read.is !== "found") return read.is === "absent";
  const note = read.value as Note;
  if (note.eventID !== eventID || note.ended !== undefined) return true;
  return (await store.replace(key, { ...note, ended: now().toISOString() }, read.etag)).is === "written";
}

const keyOf = (arn: string): string => `parents/${createHash("sha256").update(arn).digest("hex").slice(0, 32)}.json`;
