import { parseArn } from "../../core/model/arn.ts";
import type { Facts, Ledger } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle } from "../finding.ts";

/** The ledger's bucket is the account's own, encrypted, not public, versioned and locked as the parameters say. */
export function judgeLedger(facts: Facts): readonly Finding[] {
  const { bucket, own } = facts.ledger;
  const ownership = settle(own, ["bucket", bucket], (is) => (is ? [] : [problem("ledger-not-own", { bucket })]));
  // S3 refuses all that follows for a bucket of another account.
  if (ownership.some(({ is }) => is === "problem")) return ownership;
  return orElse([...ownership, ...judgeOwn(facts)], ok("ledger-fine", { bucket }));
}

function judgeOwn({ ledger, parameters, key }: Facts): readonly Finding[] {
  const { bucket, encryption, publicBlocked, versioned } = ledger;
  // Whoever brings a bucket of their own also chooses its key, versions and lock.
  const isMade = !parameters.ExistingLedgerBucket;
  return [
    ...settle(encryption, ["encryption of bucket", bucket], ({ algorithm, key: has }) => {
      const fine = algorithm.startsWith("aws:kms") && (!isMade || (has !== undefined && idOf(has) === idOf(key.arn)));
      return fine ? [] : [problem("ledger-key", { bucket, has: has ?? algorithm, key: key.arn })];
    }),
    ...settle(publicBlocked, ["public access block of bucket", bucket], (is) =>
      is ? [] : [problem("ledger-public", { bucket })],
    ),
    ...(isMade
      ? settle(versioned, ["bucket", bucket], (is) => (is ? [] : [problem("ledger-unversioned", { bucket })]))
      : []),
    ...(isMade ? judgeLock(ledger, Number(parameters.LedgerLockDays ?? 0)) : []),
  ];
}

function judgeLock({ bucket, lockDays }: Ledger, wanted: number): readonly Finding[] {
  if (wanted === 0) return [];
  return settle(lockDays, ["bucket", bucket], (days) =>
    days === wanted ? [] : [problem("ledger-lock", { bucket, days, wanted })],
  );
}

/** A key's id, from its ARN or as it is. */
const idOf = (key: string): string => parseArn(key)?.resource.replace(/^key\//, "") ?? key;
