import type { Listing } from "../catalogue/vocabulary.ts";
import { faultOf } from "../core/model/fault.ts";
import type { Lister, Page } from "../ports/lister.ts";
import type { Ports } from "../ports/ports.ts";
import type { Pace } from "./pace.ts";

/** The waits in milliseconds before a throttled list is read again. After the last one the list stays unread. */
const RETRIES_MS = [2_000, 10_000, 30_000] as const;

interface PageOptions extends Pick<Lister, "page"> {
  readonly pace: Pace;
  readonly ports: Pick<Ports, "wait" | "recordFault">;
}

/** Reads one page of a list. After an unexpected error, which is reported, this list stays unread. */
export async function readPage(
  options: PageOptions,
  listing: Listing,
  filter: Readonly<Record<string, string>>,
  token: string | undefined,
): Promise<Page> {
  const { page, pace, ports } = options;
  await pace.list(listing.list);
  try {
    let read = await page(listing, filter, token);
    for (const ms of RETRIES_MS) {
      if (read.is === "page" || !read.retryable) return read;
      await ports.wait(ms);
      read = await page(listing, filter, token);
    }
    return read;
  } catch (error) {
    ports.recordFault({ list: listing.list }, error);
    return { is: "unavailable", reason: faultOf(error), retryable: false };
  }
}
