import { matchesPattern } from "../model/wildcard.ts";

/** Whether an exemption covers a violation: the event may not have the member that it compares. */
export type Covers = "yes" | "no" | "unknown";

/** Who made a call, as the record names him. */
export interface CallerNames {
  /** The caller's ARN; without one, what else the record names him by. */
  readonly principal: string;
  /** The ARN of the role or user that a session is of. */
  readonly issuer?: string | undefined;
}

/** A session's ARN: its account's part, its type, the role (or the federated user), and the session's name. */
const SESSION = /^(arn:[^:]*:sts::[^:]*:)([^:/]+)\/([^/]*)(?:\/(.*))?$/s;
/** A pattern that says in so many words that it means sessions. */
const SESSION_PATTERN = /^(|.*[:*])(assumed-role|federated-user)\/([^/]*)(?:\/(.*))?$/s;

/**
 * Whether a pattern means the caller. A session is compared by its issuer, because whoever opens a session chooses its
 * name. Only a pattern of the form `…:assumed-role/ROLE/SESSION` (or `…:federated-user/NAME`) is compared with the session's
 * ARN, part by part; without `/SESSION` it means every session of the role. `unknown`: the record does not name the issuer.
 * Source: CloudTrail User Guide, "CloudTrail userIdentity element"; IAM User Guide, "IAM identifiers".
 */
export function matchCaller(pattern: string, { principal, issuer }: CallerNames): Covers {
  const session = SESSION.exec(principal);
  if (!session) {
    const isIssuer = issuer !== undefined && matchesArn(pattern, issuer);
    return isIssuer || matchesArn(pattern, nameOf(principal)) ? "yes" : "no";
  }
  const form = SESSION_PATTERN.exec(pattern);
  if (form) return matchesSession(form, session) ? "yes" : "no";
  if (issuer === undefined) return mayMatchIssuer(pattern, session);
  return matchesArn(pattern, issuer) ? "yes" : "no";
}

/** Without an ARN a session is named `AROA…:session`, of which only the first part is not its caller's choice. */
const nameOf = (principal: string): string =>
  principal.startsWith("arn:") ? principal : (principal.split(":", 1)[0] ?? "");

function matchesSession(
  [, head = "", type, name = "", rest]: RegExpExecArray,
  [, ownHead = "", ownType, ownName = "", ownRest = ""]: RegExpExecArray,
): boolean {
  if (type !== ownType || !matchesArn(head, ownHead) || !matchesPattern(name, ownName)) return false;
  return rest === undefined || matchesPattern(rest, ownRest);
}

/** An ARN has six parts; `*` in one part of a pattern that has all of them does not reach into the next. */
function matchesArn(pattern: string, value: string): boolean {
  const wanted = partsOf(pattern);
  const found = partsOf(value);
  if (!wanted || !found) return matchesPattern(pattern, value);
  return wanted.every((part, i) => matchesPattern(part, found[i] ?? ""));
}

function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(":");
  return parts[0] === "arn" && parts.length >= 6 ? [...parts.slice(0, 5), parts.slice(5).join(":")] : undefined;
}

/** A role's path is in its own ARN alone, so the session's ARN leaves open what comes before the role's name. */
function mayMatchIssuer(pattern: string, [, account = "", type, name = ""]: RegExpExecArray): Covers {
  if (/^\*+$/.test(pattern)) return "yes";
  const iam = account.replace(":sts:", ":iam:");
  const [start, end] = type === "assumed-role" ? [`${iam}role/`, `/${name}`] : [iam, ""];
  const star = pattern.indexOf("*");
  const head = star < 0 ? pattern : pattern.slice(0, star);
  const tail = pattern.slice(pattern.lastIndexOf("*") + 1);
  const may = (start.startsWith(head) || head.startsWith(start)) && (end.endsWith(tail) || tail.endsWith(end));
  return may ? "unknown" : "no";
}
