import type { Facts, Topic } from "../facts.ts";
import { type Finding, ok, orElse, problem, settle, warning } from "../finding.ts";

/** Somebody gets the mails, and every subscription is confirmed. */
export function judgeSubscriptions({ topics }: Facts): readonly Finding[] {
  const findings = topics.flatMap(judgeTopic);
  const count = topics.reduce((sum, { subscriptions: all }) => sum + (all.is === "known" ? all.value.length : 0), 0);
  return orElse(findings, ok("subscriptions-confirmed", { count }));
}

function judgeTopic({ of, arn: topic, email, subscriptions }: Topic): readonly Finding[] {
  return settle(subscriptions, ["topic", topic], (all) => {
    const pending = all
      .filter(({ confirmed }) => !confirmed)
      .map(({ endpoint, protocol }) => problem("subscription-pending", { endpoint, protocol, topic }));
    const missing =
      email !== "" && !all.some(({ endpoint }) => endpoint === email)
        ? [problem("subscription-missing", { endpoint: email, of, topic })]
        : [];
    if (pending.length + missing.length > 0 || all.length > 0) return [...pending, ...missing];
    // Whoever maintains Keyward must hear of an alarm; users may get the mails in another way.
    return [(of === "operators" ? problem : warning)("nobody-subscribed", { of, topic })];
  });
}

/** The alarms of the stack exist and notify the operators; the ones in alarm are named. */
export function judgeAlarms({ alarms, resources, topics }: Facts): readonly Finding[] {
  const wanted = resources.filter(({ type }) => type === "AWS::CloudWatch::Alarm").map(({ physicalId }) => physicalId);
  const topic = topics.find(({ of }) => of === "operators")?.arn ?? "";
  return settle(alarms, ["alarms", "of the stack"], (found) => {
    const findings = wanted.flatMap((alarm) => {
      const one = found.find(({ name }) => name === alarm);
      if (!one) return [problem("alarm-gone", { alarm })];
      return [
        ...(one.actionsEnabled ? [] : [problem("alarm-actions-off", { alarm })]),
        ...(one.actions.includes(topic) ? [] : [problem("alarm-unwired", { alarm, topic })]),
        ...(one.state === "ALARM" ? [problem("in-alarm", { alarm, because: one.because })] : []),
      ];
    });
    return orElse(findings, ok("alarms-wired", { count: wanted.length }));
  });
}
