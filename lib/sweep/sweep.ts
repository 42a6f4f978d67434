import { kindOf } from "../catalogue/kinds.ts";
import { listings } from "../catalogue/listings.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import { text } from "../core/model/member.ts";
import type { ApiCall, Decision, JsonObject, Outcome } from "../core/model/types.ts";
import { decide } from "../core/plan/decide.ts";
import { plan } from "../core/plan/plan.ts";
import { type Asked, judgeAsking } from "../enforce/resolve.ts";
import { respondTo } from "../enforce/respond.ts";
import type { Page } from "../ports/lister.ts";
import type { Ports } from "../ports/ports.ts";
import type { Pace } from "./pace.ts";
import { callOf } from "./sweep-call.ts";

/** Where a sweep stands, so that another run can go on from there. */
export interface Checkpoint {
  readonly startedAt: string;
  readonly listing: number;
  readonly filter: number;
  readonly token?: string;
  readonly looked: number;
  readonly missed: number;
}

/** What a sweep comes upon: a resource as it is now. */
export interface Found {
  readonly decision: Decision;
  /** No event about it has ever been acted on. */
  readonly missed: boolean;
}

export interface SweepOptions {
  readonly ports: Ports;
  /** Of what has no ARN in its summary, until one has been met. */
  readonly account: string;
  readonly region: string;
  page(listing: Listing, filter: Readonly<Record<string, string>>, token: string | undefined): Promise<Page>;
  taggedWith(arn: string): Promise<string | undefined | null>;
  readonly pace: Pace;
  readonly from?: Checkpoint;
  found(found: Found): void;
  /** Called after each page, with where to go on. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** Whether there is time for another page. */
  goOn(): boolean;
}

export interface Swept {
  /** Whether all was looked at; else another run goes on from the last checkpoint. */
  readonly done: boolean;
  readonly looked: number;
  readonly missed: number;
  /** Lists that could not be read. */
  readonly unread: readonly { readonly list: string; readonly because: string }[];
}

/** A list that is throttled is asked again after so many milliseconds, and then given up. */
const RETRIES_MS = [2_000, 10_000, 30_000] as const;

/**
 * Looks at what exists now: the same judge, plan, ledger and limiter as for events. Reports, and acts only where the policy
 * says `sweep: act`. What is not under an accepted key and bears no mark of an event was missed.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { from, ports } = options;
  let { account } = options;
  const startedAt = from?.startedAt ?? ports.now().toISOString();
  const seen = new Set<string>();
  const unread: { list: string; because: string }[] = [];
  let at: Checkpoint = from ?? { startedAt, listing: 0, filter: 0, looked: 0, missed: 0 };
  while (at.listing < listings.length) {
    if (!options.goOn()) return { done: false, looked: at.looked, missed: at.missed, unread };
    const listing: Listing = listings[at.listing] ?? listings[0];
    const filters = listing.filters ?? [{}];
    const page = await readPage(options, listing, filters[at.filter] ?? {}, at.token);
    if (page.is === "unavailable") unread.push({ list: listing.list, because: page.because });
    const items = page.is === "page" ? page.items : [];
    for (const item of items) {
      const call = callOf(item, listing, { ...options, account });
      ({ account } = call);
      const found = await lookAt(call, item, listing, seen, options);
      if (!found) continue;
      options.found(found);
      at = { ...at, looked: at.looked + 1, missed: at.missed + (found.missed ? 1 : 0) };
    }
    at = nextOf(at, filters.length, page.is === "page" ? page.next : undefined);
    await options.save(at);
  }
  return { done: true, looked: at.looked, missed: at.missed, unread };
}

function nextOf({ token: _, ...at }: Checkpoint, filters: number, next: string | undefined): Checkpoint {
  if (next !== undefined) return { ...at, token: next };
  if (at.filter + 1 < filters) return { ...at, filter: at.filter + 1 };
  return { ...at, listing: at.listing + 1, filter: 0 };
}

async function readPage(
  { page, pace, ports }: SweepOptions,
  listing: Listing,
  filter: Readonly<Record<string, string>>,
  token: string | undefined,
): Promise<Page> {
  await pace.list(listing.list);
  let read = await page(listing, filter, token);
  for (const ms of RETRIES_MS) {
    if (read.is === "page" || !read.retryable) return read;
    await ports.wait(ms);
    read = await page(listing, filter, token);
  }
  return read;
}

async function lookAt(
  call: ApiCall,
  item: JsonObject,
  listing: Listing,
  seen: Set<string>,
  options: SweepOptions,
): Promise<Found | undefined> {
  const id = JSON.stringify(call.response);
  const status = text(item, kindOf(listing.kind).describe.status ?? "");
  if (seen.has(id) || (listing.statuses && !listing.statuses.includes(status ?? ""))) return undefined;
  seen.add(id);
  await options.pace.describe();
  const asked = await judgeAsking(call, options.ports);
  const { resource, verdict } = asked.judgement;
  const wrong = verdict === "non-compliant";
  const marked = kindOf(listing.kind).taggable !== false && resource?.arn;
  const mark = wrong && marked ? await options.taggedWith(marked) : null;
  const decision = await decideOn({ ...call, reported: typeof mark === "string" }, asked, options.ports);
  return { decision, missed: wrong && mark === undefined };
}

/** Acts as for an event where the policy lets a sweep act; one entry in the ledger for each verdict about a resource. */
async function decideOn(call: ApiCall, asked: Asked, ports: Ports): Promise<Decision> {
  const event = { ...call, eventID: `${call.eventID}-${asked.judgement.verdict}` };
  if (ports.policy.sweep === "act") {
    const { decision } = await respondTo(event, asked, ports, { receives: 1, sentAt: ports.now() });
    return decision;
  }
  const planned = plan(event, asked.judgement, ports.policy, ports.now());
  const outcomes = planned.map(
    (action): Outcome => ({ do: action.do, outcome: "skipped", because: "the policy's sweep only reports" }),
  );
  return decide(event, asked.judgement, outcomes);
}
