import { type Arn, isArn, parseArn } from "../model/arn.ts";
import { matchesPattern } from "../model/wildcard.ts";

/**
 * The answer to "does an exemption cover a violation?". `unknown`: the event lacks a member that the exemption needs.
 */
export type Covers = "yes" | "no" | "unknown";

/** The names of a caller in the record. */
export interface CallerNames {
  /** The caller's ARN; without one, another name from the record. */
  readonly principal: string;
  /** The ARN of the role or user that the caller's session belongs to. */
  readonly issuer?: string | undefined;
}

/** A session's ARN: `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION` or `…:federated-user/NAME`. */
interface Session {
  readonly arn: Arn;
  /** The ARN up to and including its type. */
  readonly head: string;
  /** `assumed-role` or `federated-user`. */
  readonly type: string;
  /** The name of the role or of the federated user. */
  readonly owner: string;
  /** The name of the session, which its caller has chosen. */
  readonly name: string;
}

/** A pattern that is certainly for sessions, because it contains the type of a session's ARN. */
const SESSION_PATTERN = /^(|.*[:*])(assumed-role|federated-user)\/([^/]*)(?:\/(.*))?$/s;

/**
 * Compares a pattern with the caller. The caller chooses the name of a session, so a session is compared by its issuer.
 * Only a pattern with `assumed-role/ROLE/SESSION` (or `federated-user/NAME`) is compared with the session's ARN, part
 * by part; without `/SESSION` it matches every session of the role. `unknown`: the record does not have the issuer.
 * Source: CloudTrail User Guide, "CloudTrail userIdentity element"; IAM User Guide, "IAM identifiers".
 */
export function matchCaller(pattern: string, { principal, issuer }: CallerNames): Covers {
  const session = sessionOf(principal);
  if (!session) {
    const isIssuer = issuer !== undefined && matchesArn(pattern, issuer);
    return isIssuer || matchesArn(pattern, nameOf(principal)) ? "yes" : "no";
  }
  const parts = SESSION_PATTERN.exec(pattern);
  if (parts) return matchesSession(parts, session) ? "yes" : "no";
  if (issuer === undefined) return mayMatchIssuer(pattern, session);
  return matchesArn(pattern, issuer) ? "yes" : "no";
}

function sessionOf(principal: string): Session | undefined {
  const arn = parseArn(principal);
  if (arn?.service !== "sts" || arn.region !== "") return undefined;
  const [, type, owner, name = ""] = /^([^:/]+)\/([^/]*)(?:\/(.*))?$/s.exec(arn.resource) ?? [];
  if (type === undefined || owner === undefined) return undefined;
  const head = principal.slice(0, principal.length - arn.resource.length + type.length);
  return { arn, head, type, owner, name };
}

/** Without an ARN, a session has the name `AROA…:session`. The caller cannot choose its first part. */
const nameOf = (principal: string): string => (isArn(principal) ? principal : (principal.split(":", 1)[0] ?? ""));

function matchesSession([, before = "", type, owner = "", name]: RegExpExecArray, session: Session): boolean {
  if (type !== session.type || !matchesArn(before + type, session.head)) return false;
  return matchesPattern(owner, session.owner) && (name === undefined || matchesPattern(name, session.name));
}

/** Compares two ARNs part by part, so that `*` in one part of the pattern does not match text of the next part. */
function matchesArn(pattern: string, value: string): boolean {
  const wanted = parseArn(pattern);
  const found = parseArn(value);
  if (!wanted || !found) return matchesPattern(pattern, value);
  return PARTS.every((part) => matchesPattern(wanted[part], found[part]));
}

const PARTS = ["partition", "service", "region", "account", "resource"] as const;

/** The answer without the issuer. A role's path is only in its own ARN, so the session's ARN alone may not decide. */
function mayMatchIssuer(pattern: string, { arn, type, owner }: Session): Covers {
  if (/^\*+$/.test(pattern)) return "yes";
  const iam = `arn:${arn.partition}:iam::${arn.account}:`;
  const [start, end] = type === "assumed-role" ? [`${iam}role/`, `/${owner}`] : [iam, ""];
  const star = pattern.indexOf("*");
  const head = star < 0 ? pattern : pattern.slice(0, star);
  const tail = pattern.slice(pattern.lastIndexOf("*") + 1);
  const may = (start.startsWith(head) || head.startsWith(start)) && (end.endsWith(tail) || tail.endsWith(end));
  return may ? "unknown" : "no";
}
