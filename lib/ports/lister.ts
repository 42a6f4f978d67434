import type { Listing } from "../catalogue/vocabulary.ts";
import type { JsonObject } from "../core/model/types.ts";

/** One page of a list, or why there is none. */
export type Page =
  | { readonly is: "page"; readonly items: readonly JsonObject[]; readonly next?: string }
  | { readonly is: "unavailable"; readonly because: string; readonly retryable: boolean };

/** Lists what exists in one account and Region. */
export interface Lister {
  page(listing: Listing, filter: Readonly<Record<string, string>>, token: string | undefined): Promise<Page>;
  /** The event that Keyward has tagged a resource with; undefined where it has not, null where it cannot be told. */
  taggedWith(arn: string): Promise<string | undefined | null>;
}
