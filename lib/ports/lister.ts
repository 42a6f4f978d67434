import type { Listing } from "../catalogue/vocabulary.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Reason } from "../core/model/reason.ts";
import type { TagClaim } from "../core/model/types.ts";

/** One page of a list, or the reason why there is none. */
export type Page =
  | { readonly is: "page"; readonly items: readonly JsonObject[]; readonly next?: string }
  | { readonly is: "unavailable"; readonly reason: Reason; readonly retryable: boolean };

/** Lists the resources that exist in one account and Region. */
export interface Lister {
  page(listing: Listing, filter: Readonly<Record<string, string>>, token: string | undefined): Promise<Page>;
  /**
   * What the resource's tags say of an event about it; undefined where it has no tag `keyward:event`, null where AWS did not
   * answer.
   */
  taggedWith(arn: string): Promise<TagClaim | undefined | null>;
}
