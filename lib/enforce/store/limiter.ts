import { createHash } from "node:crypto";
import type { Reason } from "../../core/model/reason.ts";
import type { Limiter, SlotRequest, Taken } from "../../ports/limiter.ts";
import type { Read, Store } from "../../ports/store.ts";

export interface LimiterOptions {
  readonly store: Store;
  readonly stopsPerHour: number;
  readonly stopsPerHourPerPrincipal: number;
  readonly wait: (ms: number) => Promise<void>;
}

/** The hour of a time in UTC, as `2026-11-02T09`. */
export const hourOf = (at: Date): string => at.toISOString().slice(0, 13);

/** A Stop is sent at most so many milliseconds after its slot was asked for. */
export const SLOT_IS_GOOD_FOR_MS = 30_000;
/** And it takes effect within as many again: three attempts with their time-outs (lib/aws/target.ts). */
const TAKES_EFFECT_WITHIN_MS = 2 * SLOT_IS_GOOD_FOR_MS;

/** So often a slot is tried for while other containers are faster. */
const TRIES = 20;
const PAUSE_MS = 50;

/** The slots of an account in an hour, as they are stored. */
interface Hour {
  readonly slots: readonly { readonly id: string; readonly principal: string }[];
}

interface Known {
  readonly hour: Hour;
  readonly etag: string;
}

type Held = { readonly is: "held"; readonly at: Date } | Exclude<Taken, { is: "taken" }>;

/**
 * The slots of an hour are one object, written on the condition that nobody else has written it: no race can exceed the
 * limit, and one read shows that the hour is full. A container remembers what it wrote, so a slot usually costs one write.
 *
 * The hour is the store's own. A Stop that may take effect in the next hour needs a slot there too.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const known = new Map<string, Known>();
  // In this container one after the other: otherwise its own events would refuse each other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    take: (request) => inTurn(() => take(request, known, options)),
    giveBack: ({ keys, id }) =>
      inTurn(async () => {
        for (const key of keys) await release(key, id, known, options);
      }),
  };
}

async function take(request: SlotRequest, known: Map<string, Known>, options: LimiterOptions): Promise<Taken> {
  const keysAt = (at: Date) =>
    [...new Set([at, new Date(at.getTime() + TAKES_EFFECT_WITHIN_MS)].map(hourOf))].map(
      (hour) => `limiter/account=${request.account}/${hour}.json`,
    );
  const held = new Set<string>();
  let needed = keysAt(request.near);
  for (let key = needed[0]; key !== undefined; key = needed.find((one) => !held.has(one))) {
    const result = await hold(key, request, known, options);
    if (result.is !== "held") {
      for (const one of held) await release(one, request.id, known, options);
      return result;
    }
    held.add(key);
    // The store's own time decides which hours are needed; the first guess may have been wrong.
    needed = keysAt(result.at);
  }
  for (const one of held) if (!needed.includes(one)) await release(one, request.id, known, options);
  forget(known, needed);
  return { is: "taken", slot: { id: request.id, keys: needed } };
}

/** Takes a slot of one hour. */
async function hold(
  key: string,
  request: SlotRequest,
  known: Map<string, Known>,
  options: LimiterOptions,
): Promise<Held> {
  const { store, wait } = options;
  if (options.stopsPerHour === 0) return { is: "full", reason: { code: "limit-reached", stopsPerHour: 0 } };
  let isFresh = false;
  let mayExist = false;
  for (let tried = 0; tried < TRIES; tried++) {
    const now = known.get(key);
    const full = now && whyFull(now.hour, request, options);
    // What is remembered may be out of date: a slot may have been given back.
    if (full && isFresh) return { is: "full", reason: full };
    if (full || (now === undefined && mayExist)) {
      const read = await readHour(key, known, store);
      if (read.is === "unavailable") return read;
      isFresh = read.is === "found";
      mayExist = isFresh;
      // The answer to an earlier write was lost: the slot is there.
      if (read.is === "found" && holds(known.get(key), request.id)) return { is: "held", at: read.at };
      continue;
    }
    const hour: Hour = {
      slots: [...(now?.hour.slots ?? []), { id: request.id, principal: digest(request.principal) }],
    };
    const written = now ? await store.replace(key, hour, now.etag) : await store.create(key, hour);
    if (written.is === "unavailable") return written;
    if (written.is === "written") {
      known.set(key, { hour, etag: written.etag });
      return { is: "held", at: written.at };
    }
    known.delete(key);
    isFresh = false;
    mayExist = true;
    // The first refusal only says that another container has taken a slot of this hour before.
    if (tried > 0) await wait(pauseOf(request.id, tried));
  }
  return { is: "busy", reason: { code: "slots-busy" } };
}

const holds = (known: Known | undefined, id: string): boolean =>
  known?.hour.slots.some((slot) => slot.id === id) ?? false;

function whyFull({ slots }: Hour, { principal }: SlotRequest, options: LimiterOptions): Reason | undefined {
  const { stopsPerHour, stopsPerHourPerPrincipal } = options;
  if (slots.length >= stopsPerHour) return { code: "limit-reached", stopsPerHour };
  const own = digest(principal);
  if (slots.filter((slot) => slot.principal === own).length < stopsPerHourPerPrincipal) return undefined;
  return { code: "principal-limit-reached", stopsPerHour: stopsPerHourPerPrincipal };
}

async function readHour(key: string, known: Map<string, Known>, store: Store): Promise<Read> {
  const read = await store.read(key);
  if (read.is === "found") known.set(key, { hour: read.value as Hour, etag: read.etag });
  else known.delete(key);
  return read;
}

/** Takes a slot out again. Where that fails the hour has one slot less. */
async function release(key: string, id: string, known: Map<string, Known>, { store, wait }: LimiterOptions) {
  for (let tried = 0; tried < TRIES; tried++) {
    if (!known.has(key)) await readHour(key, known, store);
    const now = known.get(key);
    if (!now || !holds(now, id)) return;
    const hour: Hour = { slots: now.hour.slots.filter((slot) => slot.id !== id) };
    const written = await store.replace(key, hour, now.etag);
    if (written.is === "written") known.set(key, { hour, etag: written.etag });
    if (written.is !== "refused") return;
    known.delete(key);
    await wait(pauseOf(id, tried));
  }
}

/** Different for each request, so that those which met once do not meet again. */
const pauseOf = (id: string, tried: number): number =>
  Math.round(PAUSE_MS * tried * (1 + Number.parseInt(digest(id).slice(0, 2), 16) / 256));

/** Past hours are never asked for again. */
function forget(known: Map<string, Known>, needed: readonly string[]): void {
  if (known.size < 100) return;
  for (const key of known.keys()) if (!needed.includes(key)) known.delete(key);
}

const digest = (principal: string): string => createHash("sha256").update(principal).digest("hex").slice(0, 16);
