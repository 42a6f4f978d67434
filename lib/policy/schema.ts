import * as z from "zod/mini";
import { type ActionName, actions as actionRows } from "../catalogue/actions.ts";
import { kinds } from "../catalogue/kinds.ts";
import { type Protects, protectedByKey, protectedThings, requiredByDefault } from "../catalogue/protects.ts";
import { crossIssues } from "./cross-checks.ts";
import { explainIssue, notOneOf } from "./explain-issue.ts";
import type { PolicyIssue } from "./issue.ts";
import { MODES } from "./mode.ts";
import { toIssues } from "./to-issues.ts";

const ACTIONS: readonly ActionName[] = actionRows.map(({ action }) => action);
const IF_UNDETERMINED = actionRows.filter((row) => row.ifUndetermined).map(({ action }) => action);

const requiredDefaults = Object.fromEntries(
  protectedByKey.map((protects) => [protects, requiredByDefault(protects)]),
) as Record<Protects, boolean>;

/** One of some names. `noun` is what messages call them. */
const oneOf = <const Names extends readonly string[]>(noun: string, names: Names) =>
  z.enum(names, { error: ({ input }) => notOneOf(input, names, noun) });

const actions = z.array(oneOf("action", ACTIONS));
const KEY_PATTERN =
  /^(arn:aws[a-z-]*:kms:[a-z0-9*-]+:(\d{12}|\*):(key|alias)\/[\w/*-]+|alias\/[\w/*-]+|\d{12}|(?!\d+$)[\w-]{8,})$/;
const keyPatterns = z.array(
  z
    .string()
    .check(z.regex(KEY_PATTERN, "must be a key ARN, an alias, a key id or a 12-digit account, `*` for any characters")),
);

const patterns = z.union([
  z.string().check(z.minLength(1)),
  z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
]);
const accountPattern = z
  .string()
  .check(z.regex(/^(\d{12}|[\d*]*\*[\d*]*)$/, "must be a 12-digit account, `*` for any digits"));
const accountPatterns = z.union([accountPattern, z.array(accountPattern).check(z.minLength(1))]);
const kind = oneOf(
  "kind",
  kinds.map((row) => row.kind),
);

/** The resources that an exemption covers or a route is for. Every member must match; `*` matches any characters. */
const matchMembers = {
  kind: z.optional(z.union([kind, z.array(kind).check(z.minLength(1))])),
  name: z.optional(patterns),
  arn: z.optional(patterns),
  account: z.optional(accountPatterns),
  region: z.optional(patterns),
  principal: z.optional(patterns),
  // Most principals that may create a resource may also tag it, so a tag counts only if one of these has set it.
  tag: z.optional(z.strictObject({ key: z.string(), value: z._default(z.string(), "*"), "set-by": patterns })),
  setting: z.optional(patterns),
};
const hasMembers = z.refine<object>((fields) => Object.keys(fields).length > 0, "must have at least one member");
const match = z.strictObject(matchMembers).check(hasMembers);

/** An exemption can also be for a place in a file. Such an exemption is for `keyward check` alone: an event has no file. */
const exemptionMatch = z
  .strictObject({ ...matchMembers, file: z.optional(patterns), address: z.optional(patterns) })
  .check(hasMembers);

const exemption = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  reason: z.string().check(z.minLength(1), z.maxLength(500)),
  owner: z.string().check(z.minLength(1), z.maxLength(200)),
  expires: z.iso.date("must be a date such as 2027-03-31, the last day on which it counts"),
  match: exemptionMatch,
});

/** Where a notice goes, and when. `to` is the name of a topic that is among the stack's RouteTopicArns. */
const route = z.strictObject({
  match,
  send: oneOf("time", ["now", "daily", "never"]),
  to: z.optional(
    z.string().check(z.regex(/^[\w-]{1,256}$/, "must be the name of a topic, without the rest of its ARN")),
  ),
});

const account = z.string().check(z.regex(/^\d{12}$/, "must be a 12-digit account"));

/**
 * The defaults for a sweep are below SageMaker's quotas: two ListTrainingJobs a second, and more Describe calls
 * (Service Quotas).
 */
const LIMITS = { "stops-per-hour": 20, "remind-after-days": 7, "lists-per-second": 1.5, "describes-per-second": 8 };
const perSecond = z.number().check(z.minimum(0.1), z.maximum(100));

/** The schema of a policy file. Unknown keys are errors. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  mode: z._default(z.enum(MODES), "enforce"),
  keys: z.strictObject({
    accept: z.enum(["any", "customer-managed", "listed"]),
    allow: z._default(keyPatterns, []),
    deny: z._default(keyPatterns, []),
    accounts: z._default(z.array(account), []),
    "other-accounts": z.optional(z.enum(["accept", "report", "reject"])),
    "require-rotation": z._default(z.boolean(), false),
  }),
  buckets: z._default(
    z.strictObject({
      unkeyed: z._default(z.boolean(), true),
      output: z._default(z.boolean(), false),
      input: z._default(z.boolean(), false),
      "default-for-missing-key": z._default(z.boolean(), false),
    }),
    { unkeyed: true, output: false, input: false, "default-for-missing-key": false },
  ),
  notebooks: z._default(
    z.strictObject({ "on-local-storage": z._default(z.enum(["required", "not-required"]), "required") }),
    {
      "on-local-storage": "required",
    },
  ),
  endpoints: z._default(
    z.strictObject({ "on-serverless": z._default(z.enum(["required", "not-required"]), "not-required") }),
    { "on-serverless": "not-required" },
  ),
  require: z._default(
    z.strictObject(
      Object.fromEntries(
        protectedByKey.map((protects) => [protects, z._default(z.boolean(), requiredByDefault(protects))]),
      ) as Record<Protects, z.ZodMiniDefault<z.ZodMiniBoolean>>,
    ),
    requiredDefaults,
  ),
  respond: z.strictObject({
    default: actions,
    ...(Object.fromEntries(kinds.map(({ kind }) => [kind, z.optional(actions)])) as Record<
      (typeof kinds)[number]["kind"],
      z.ZodMiniOptional<typeof actions>
    >),
  }),
  // The default: every protected thing for which the caller gives the key or the flag. A bucket's default key is not
  // the caller's.
  "stop-for": z._default(z.array(oneOf("protected thing", protectedThings)), [...protectedByKey]),
  limits: z._default(
    z.strictObject({
      "stops-per-hour": z._default(z.int().check(z.minimum(0), z.maximum(10_000)), LIMITS["stops-per-hour"]),
      // By default half of them, rounded up, so that one caller cannot use up the hour.
      "stops-per-hour-per-principal": z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
      // At most 30 days, because the ledger's bucket keeps the record of a cause for 45 days (serverless.yml).
      "remind-after-days": z._default(z.int().check(z.minimum(1), z.maximum(30)), LIMITS["remind-after-days"]),
      "lists-per-second": z._default(perSecond, LIMITS["lists-per-second"]),
      "describes-per-second": z._default(perSecond, LIMITS["describes-per-second"]),
    }),
    LIMITS,
  ),
  "look-ups": z._default(
    z.strictObject({ "remember-minutes": z._default(z.int().check(z.minimum(0), z.maximum(1440)), 10) }),
    {
      "remember-minutes": 10,
    },
  ),
  exemptions: z._default(z.array(exemption), []),
  accounts: z.optional(z.array(account)),
  regions: z.optional(
    z.array(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a Region, such as us-east-1"))),
  ),
  sweep: z._default(z.enum(["report", "act"]), "report"),
  undetermined: z._default(z.array(oneOf("action", IF_UNDETERMINED)), ["tag", "notify"]),
  contact: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  // Without a default, so that a policy that has no routes keeps its version.
  notify: z.optional(z.array(route)),
});

export type Policy = z.infer<typeof policySchema>;
export type Exemption = Policy["exemptions"][number];
export type Route = NonNullable<Policy["notify"]>[number];

/** Marks the shipped contact, which its owner has to replace. */
export const CONTACT_TO_FILL_IN = "FILL-IN";

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly issues: readonly PolicyIssue[] };

/** Parses the value of a policy file. Returns the policy, or every issue with its path. Never throws. */
export function parsePolicy(document: unknown): ParsedPolicy {
  const parsed = policySchema.safeParse(document, { error: explainIssue, reportInput: true });
  if (!parsed.success) return { ok: false, issues: toIssues(policySchema, parsed.error.issues) };
  const issues = crossIssues(parsed.data, document);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, policy: parsed.data };
}
