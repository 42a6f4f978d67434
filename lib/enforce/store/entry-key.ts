import type { Decision } from "../../core/model/types.ts";

/**
 * The key's partitions fit Athena's partition projection. The date is the event's, so every delivery finds the same
 * entry.
 */
export function keyOf({
  account,
  region,
  eventTime,
  eventID,
}: Pick<Decision, "account" | "region" | "eventTime" | "eventID">): string {
  const part = (value: string | null) => (value ?? "unknown").replace(/[^\w.-]/g, "_").slice(0, 128);
  const date = part(eventTime?.slice(0, 10) ?? null);
  return `ledger/account=${part(account)}/region=${part(region)}/date=${date}/${part(eventID)}.json`;
}
