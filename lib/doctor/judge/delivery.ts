import type { Facts, Key, Place, Queue } from "../facts.ts";
import { type Finding, ok, open, orElse, problem, settle } from "../finding.ts";
import { allows } from "../policy-document.ts";

const EVENTS = "events.amazonaws.com";

/** Each rule is enabled, and the queue is one of its targets. */
export function judgeRules({ rules, queue }: Facts): readonly Finding[] {
  const arn = queue.is === "known" ? queue.value.arn : undefined;
  const findings = rules.flatMap(({ name: rule, state, targets }) => [
    // ENABLED, or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
    ...settle(state, ["rule", rule], (value) =>
      value.startsWith("ENABLED") ? [] : [problem("rule-disabled", { rule })],
    ),
    ...(state.is === "absent"
      ? []
      : settle(targets, ["rule", rule], (list) =>
          arn === undefined || list.includes(arn) ? [] : [problem("target-missing", { rule, queue: arn })],
        )),
  ]);
  return orElse(findings, ok("rules-enabled", { count: rules.length }));
}

/** EventBridge may send to the queue, and use the key that encrypts it. */
export function judgeDelivery(facts: Facts): readonly Finding[] {
  const findings = [
    ...settle(facts.queue, ["queue", "of events"], (queue) => judgeQueue(queue, facts)),
    ...judgeKey(facts.key, facts.place),
  ];
  return orElse(findings, ok("delivery-allowed", { key: facts.key.arn }));
}

function judgeQueue({ arn, policy }: Queue, { rules, place }: Facts): readonly Finding[] {
  const action = "sqs:SendMessage";
  const judged = rules.map(({ name }) => {
    const source = `arn:${place.partition}:events:${place.region}:${place.account}:rule/${name}`;
    const context = { ...contextOf(place), "aws:sourcearn": source };
    return { name, allowed: allows(policy ?? {}, { service: EVENTS, action, resource: arn, context }) };
  });
  const refused = judged.filter(({ allowed }) => allowed === "no").map(({ name }) => name);
  if (refused.length > 0) return [problem("queue-refuses", { queue: arn, rules: refused })];
  return judged.some(({ allowed }) => allowed === "unknown") ? [open({ of: "queue", action })] : [];
}

function judgeKey({ arn: key, state, policy }: Key, place: Place): readonly Finding[] {
  const stateFindings = settle(state, ["key", key], (value) =>
    value === "Enabled" ? [] : [problem("key-state", { key, state: value })],
  );
  if (state.is === "absent") return stateFindings;
  const policyFindings = settle(policy, ["policy of key", key], (document) => {
    const judged = ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => ({
      action,
      allowed: allows(document, { service: EVENTS, action, resource: key, context: contextOf(place) }),
    }));
    const refused = judged.filter(({ allowed }) => allowed === "no").map(({ action }) => action);
    if (refused.length > 0) return [problem("key-refuses", { key, actions: refused })];
    return judged.flatMap(({ action, allowed }) => (allowed === "unknown" ? [open({ of: "key", action })] : []));
  });
  return [...stateFindings, ...policyFindings];
}

/** What EventBridge sends with each request (SQS Developer Guide and KMS Developer Guide). */
const contextOf = ({ account }: Place) => ({
  "aws:sourceaccount": account,
  "aws:securetransport": "true",
  "aws:principalisawsservice": "true",
});
