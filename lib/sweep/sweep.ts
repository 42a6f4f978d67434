import { listings } from "../catalogue/listings.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Lister, Page } from "../ports/lister.ts";
import type { Ports } from "../ports/ports.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { readPage } from "./list-page.ts";
import type { Pace } from "./pace.ts";
import { callOf } from "./sweep-call.ts";
import { type SweptResource, sweepResource } from "./sweep-resource.ts";
import type { Watch } from "./watch.ts";

export interface SweepOptions {
  readonly ports: Ports;
  /** The account to use until a listed ARN shows it. */
  readonly account: string;
  readonly region: string;
  page(listing: Listing, filter: Readonly<Record<string, string>>, token: string | undefined): Promise<Page>;
  readonly taggedWith: Lister["taggedWith"];
  readonly pace: Pace;
  /** The resources that can count as missed (default: all). */
  readonly watch?: Watch;
  /** The checkpoint of an earlier run. */
  readonly from?: Checkpoint | undefined;
  /** Called with each resource. */
  found(found: SweptResource): void;
  /** Called after each page, with the checkpoint to continue from. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** Whether there is time for another page. */
  goOn(): boolean;
}

export interface Swept {
  /** Whether all lists were read; otherwise another run continues from the last checkpoint. */
  readonly done: boolean;
  readonly looked: number;
  readonly missed: number;
  readonly unread: readonly UnreadList[];
}

/** A list that could not be read. */
export interface UnreadList {
  readonly list: string;
  readonly reason: Reason;
}

/** The state of a running sweep, in addition to its checkpoint. */
interface State {
  account: string;
  /** The resources that were judged. None is judged twice. */
  readonly seen: Set<string>;
  readonly unread: UnreadList[];
}

/**
 * Judges the resources that exist now, with the same judge, plan, ledger and limiter as for events. Reports them, and
 * acts only where the policy has `sweep: act`. A non-compliant resource that an event would have tagged, and that has no
 * such tag, counts as missed.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { from, ports, account } = options;
  const startedAt = from?.startedAt ?? ports.now().toISOString();
  const state: State = { account, seen: new Set(), unread: [] };
  let at: Checkpoint = from ?? { startedAt, listing: 0, filter: 0, looked: 0, missed: 0 };
  while (at.listing < listings.length && options.goOn()) {
    at = await sweepPage(at, state, options);
    await options.save(at);
  }
  const { looked, missed } = at;
  return { done: at.listing >= listings.length, looked, missed, unread: state.unread };
}

/** Judges the resources of the page at a checkpoint; returns the next one. */
async function sweepPage(at: Checkpoint, state: State, options: SweepOptions): Promise<Checkpoint> {
  const listing: Listing = listings[at.listing] ?? listings[0];
  const filters = listing.filters ?? [{}];
  const page = await readPage(options, listing, filters[at.filter] ?? {}, at.token);
  if (page.is === "unavailable") {
    state.unread.push({ list: listing.list, reason: page.reason });
    return next(at, filters.length, undefined);
  }
  let { looked, missed } = at;
  for (const item of page.items) {
    const call = callOf(item, listing, { account: state.account, region: options.region, ports: options.ports });
    state.account = call.account;
    const resource = await sweepResource(call, item, listing, state.seen, options);
    if (!resource) continue;
    options.found(resource);
    looked++;
    if (resource.missed) missed++;
  }
  return next({ ...at, looked, missed }, filters.length, page.next);
}

function next({ token: _, ...at }: Checkpoint, filters: number, token: string | undefined): Checkpoint {
  if (token !== undefined) return { ...at, token };
  if (at.filter + 1 < filters) return { ...at, filter: at.filter + 1 };
  return { ...at, listing: at.listing + 1, filter: 0 };
}
