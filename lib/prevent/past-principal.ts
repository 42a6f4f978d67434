import { isArn, parseArn } from "../core/model/arn.ts";
import { iamPattern } from "./iam-pattern.ts";
import type { Way } from "./way.ts";

/** As in `lib/core/judge/match-caller.ts`: a pattern that is certainly for sessions. */
const SESSION = /^(|.*[:*])(assumed-role|federated-user)\/([^/]*)(?:\/(.*))?$/s;

/**
 * The ways for a caller not to match a pattern for principals. `aws:PrincipalArn` has the role's ARN, with its path,
 * where CloudTrail's record has the session's (IAM User Guide, "AWS global condition context keys"). A session's name is
 * in `aws:userid`. Empty if every caller matches.
 */
export function waysPast(pattern: string): readonly Way[] {
  if (/^\*+$/.test(pattern)) return [];
  const [, before = "", type, owner = "", session] = SESSION.exec(pattern) ?? [];
  if (type === undefined) return [isArn(pattern) ? notArn([pattern]) : notText("aws:PrincipalArn", pattern)];
  const { partition, account } = parseArn(`${before}${type}`) ?? { partition: "*", account: "*" };
  if (type === "federated-user") return [notArn([`arn:${partition}:sts::${account}:${type}/${owner}`])];
  const role = `arn:${partition}:iam::${account}:role/`;
  // The session's ARN does not have the role's path.
  const past = notArn([`${role}${owner}`, `${role}*/${owner}`]);
  return session === undefined || session === "*" ? [past] : [past, notText("aws:userid", `*:${session}`)];
}

const notArn = (patterns: readonly string[]): Way => ({
  conditions: { ArnNotLike: { "aws:PrincipalArn": patterns.map(iamPattern) } },
});

const notText = (key: string, pattern: string): Way => ({
  conditions: { StringNotLike: { [key]: [iamPattern(pattern)] } },
});
