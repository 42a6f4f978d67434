import { kindOf } from "../catalogue/kinds.ts";
import type { Listing } from "../catalogue/vocabulary.ts";
import { defined } from "../core/model/defined.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { LocalResource } from "./sagemaker-resource.ts";
import { poolStatus } from "./sagemaker-states.ts";

/**
 * A page of summaries, with the request's filter: 10 by default, 100 at most (API Reference of the List operations).
 */
export function listOf(listing: Listing, all: readonly LocalResource[], region: string, input: JsonObject): object {
  const { describe: row } = kindOf(listing.kind);
  const { MaxResults = 10, NextToken, ...filters } = input;
  const [[filter = "", wanted = null] = []] = Object.entries(filters);
  const matching = all.filter(
    (one) =>
      one.kind === listing.kind &&
      one.region === region &&
      (filter === "" || (filter.startsWith("WarmPool") ? poolStatus(one) : one.status) === wanted),
  );
  const from = Number(NextToken ?? 0);
  const to = from + Math.min(Number(MaxResults), 100);
  const items = matching.slice(from, to).map((one) => {
    const { id, name, arn, status, createdAt, kind, body } = one;
    const pool = poolStatus(one);
    return {
      ...(NAMED.includes(kind) ? { Name: name, DomainName: body.DomainName } : undefined),
      ...id,
      [row.arn]: arn,
      ...(row.status && { [row.status]: status }),
      ...defined({ WarmPoolStatus: pool === undefined ? undefined : { Status: pool } }),
      CreationTime: createdAt.getTime() / 1000,
    };
  });
  return { [listing.items]: items, ...defined({ NextToken: to < matching.length ? String(to) : undefined }) };
}

/** Kinds whose summaries name the resource beside its id. */
const NAMED = ["domain", "mlflow-app", "partner-app"];
