import type { PolicyIssue } from "./issue.ts";
import { CONTACT_TO_FILL_IN, type Exemption, type Policy, type Route } from "./schema.ts";

/** What a valid policy says and its owner may not mean. None of it is an error: a policy may say so on purpose. */
export function warningsOf(policy: Policy, now: Date): readonly PolicyIssue[] {
  return [
    ...unnamedContact(policy),
    ...emptyList(policy),
    ...policy.exemptions.flatMap(exemptionWarnings(now)),
    ...(policy.notify ?? []).flatMap((route, i) => routeWarnings(route, i, policy)),
  ];
}

function unnamedContact({ contact }: Policy): PolicyIssue[] {
  if (!contact?.includes(CONTACT_TO_FILL_IN)) return [];
  const message = "is still the shipped text; put an address or a page of yours there. Every mail contains it";
  return [{ path: ["contact"], message }];
}

/** Useful with `mode: observe` to find the keys that are in use, so it is no error. */
function emptyList({ keys }: Policy): PolicyIssue[] {
  if (keys.accept !== "listed" || keys.allow.length > 0) return [];
  const message =
    "`listed` accepts only the keys in `keys.allow`, which is empty; every resource that needs a key is non-compliant";
  return [{ path: ["keys", "accept"], message }];
}

const exemptionWarnings =
  (now: Date) =>
  ({ match, expires }: Exemption, i: number): PolicyIssue[] => {
    const issues: PolicyIssue[] = [];
    const inOneYear = oneYearAfter(now);
    if (expires > inOneYear) {
      const message = `${expires} is more than a year away; give ${inOneYear} or earlier, and renew it then if it is still needed`;
      issues.push({ path: ["exemptions", i, "expires"], message });
    }
    if (coversEverything(match)) {
      const message = "covers every resource; name the kinds, names or principals that it is for";
      issues.push({ path: ["exemptions", i, "match"], message });
    }
    const unknown = unknownInFiles(match);
    if (unknown !== undefined) {
      const message = `covers nothing: \`file\` and \`address\` match only in keyward check, where the ${unknown} is not known`;
      issues.push({ path: ["exemptions", i, "match"], message });
    }
    return issues;
  };

/** The member of a match for files that no file can decide. */
function unknownInFiles({ file, address, ...match }: Exemption["match"]): string | undefined {
  if (file === undefined && address === undefined) return undefined;
  if (match.tag !== undefined) return "caller who sets a tag";
  return (["arn", "account", "region", "principal"] as const).find((member) => match[member] !== undefined);
}

/** The same day of the next year, in UTC. */
function oneYearAfter(now: Date): string {
  const then = new Date(now);
  then.setUTCFullYear(now.getUTCFullYear() + 1);
  return then.toISOString().slice(0, 10);
}

/** True if no member of the match excludes anything: each is a pattern of `*` alone, or has one in its list. */
function coversEverything({ kind, tag, ...patterns }: Exemption["match"]): boolean {
  if (kind !== undefined || tag !== undefined) return false;
  return Object.values(patterns).every((pattern) => [pattern ?? "*"].flat().some((one) => /^\*+$/.test(one)));
}

function routeWarnings({ match, send, to }: Route, i: number, { notify = [], respond }: Policy): PolicyIssue[] {
  const issues: PolicyIssue[] = [];
  const warn = (member: string, message: string) => issues.push({ path: ["notify", i, member], message });
  if (send === "never") {
    const stops = Object.values(respond).some((actions) => actions?.includes("stop"));
    warn("send", `nobody is mailed about these resources${stops ? ", not even where one is stopped" : ""}`);
    if (to !== undefined) warn("to", "has no effect with `send: never`");
  } else if (to !== undefined) {
    const message = `the ARN of the topic "${to}" must be in the stack's parameter RouteTopicArns; else its mails go to the topic for users`;
    warn("to", message);
  }
  if (coversEverything(match) && i < notify.length - 1) {
    warn("match", "matches every resource, so the elements after it are never used");
  }
  return issues;
}
