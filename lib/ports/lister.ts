import type { Listing } from "../catalogue/vocabulary.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Reason } from "../core/model/reason.ts";

/** One page of a list, or the reason why there is none. */
export type Page =
  | { readonly is: "page"; readonly items: readonly JsonObject[]; readonly next?: string }
  | { readonly is: "unavailable"; readonly reason: Reason; readonly retryable: boolean };

/** Lists the resources that exist in one account and Region. */
export interface Lister {
  page(listing: Listing, filter: Readonly<Record<string, string>>, token: string | undefined): Promise<Page>;
  /**
   * The ID of the event in the resource's tag `keyward:event`; undefined where the resource has no such tag, null where
   * AWS did not answer.
   */
  taggedWith(arn: string): Promise<string | undefined | null>;
}
